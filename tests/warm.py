"""What each build finds out anew is found out once, and shared with those that are forked.

To be imported last. Garbage is not collected in those that are forked: it takes a fifth of a build,
and copies each page of memory that it touches; a build is over before it would be of use.
"""

import gc

from sphinx_evidence import digest
from sphinx_evidence.rulebook import explanations
from sphinx_evidence.rulebook.rule import documentation

digest()
documentation()
explanations()
gc.collect()
gc.disable()
