"""What each build finds out anew is found out once, and shared with those that are forked.

To be imported last: what is there then is not looked at again by the collection of garbage, which
would copy each page of memory that it touches.
"""

import gc

from sphinx_evidence import digest
from sphinx_evidence.rulebook import explanations
from sphinx_evidence.rulebook.rule import documentation

digest()
documentation()
explanations()
gc.collect()
gc.freeze()
