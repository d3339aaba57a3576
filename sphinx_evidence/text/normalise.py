"""Names by their letters alone, so that O’Brien and O'Brien are the same."""

import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart into a letter and a mark.
_WHOLE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


@lru_cache(maxsize=10_000)  # titles and names are compared over and over
def plain(text: str) -> str:
    """Letters and digits without accents or case: ``Smith-Merry`` becomes ``smithmerry``."""
    folded = unicodedata.normalize("NFKD", text.casefold()).translate(_WHOLE)
    return "".join(c for c in folded if c.isalnum() and unicodedata.category(c) != "Lm")


def spelt_out(text: str) -> str:
    """As `plain`, but umlauts as German writes them without marks: ``Müller`` is ``mueller``."""
    return plain(text.casefold().translate(_UMLAUTS))
