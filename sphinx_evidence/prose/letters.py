"""Names by their letters alone, so that O’Brien and O'Brien are the same.

Pure: imports neither Sphinx nor docutils.
"""

import unicodedata

# Letters that Unicode does not take apart into a letter and a mark.
_WHOLE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})


def plain(text: str) -> str:
    """Letters and digits without accents or case: ``Smith-Merry`` becomes ``smithmerry``."""
    folded = unicodedata.normalize("NFKD", text.casefold()).translate(_WHOLE)
    return "".join(char for char in folded if char.isalnum())
