"""Settings of the checks of text and bibliography."""

from dataclasses import dataclass, field

from sphinx_evidence.settings import about


@dataclass(frozen=True)
class ChecksSettings:
    """What is checked."""

    quotation: int = field(
        default=20,
        metadata=about(
            "The number of words from which on a quotation needs a page in its citation."
        ),
    )
