"""Settings of the copy in Word."""

from dataclasses import dataclass, field

from sphinx_evidence.settings import about


def _named(name: str) -> None:
    if not name or "/" in name or "\\" in name or name.startswith("."):
        raise ValueError(f"{name!r} is no name of a file.", 'Write "paper", without .docx.')


@dataclass(frozen=True)
class DocxSettings:
    """What the copy in Word holds. Every build writes it whole."""

    docx_name: str = field(
        default="document",
        metadata=about("The name of the .docx, without its ending.", validator=_named),
    )
    docx_subtitle: str = field(
        default="", metadata=about("What stands below the title of the .docx.")
    )
    docx_notice: str = field(
        default="",
        metadata=about("A paragraph on the first page of the .docx, such as how to review it."),
    )
    docx_without: list[str] = field(
        default_factory=list,
        metadata=about("Pages that the .docx leaves out, each with the pages below it."),
    )
