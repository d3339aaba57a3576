"""How the builder says that something cannot go into the book."""

from enum import StrEnum

from sphinx_evidence.runtime.abort import BuildAborted


class EPUBWarning(StrEnum):
    """Subtypes of the warnings of type ``epub``, to be named in ``suppress_warnings``."""

    LINK = "link"  # a link leads to something that is not in the book


class EPUBError(BuildAborted):
    """What cannot go into a book as it is: the message names the place."""
