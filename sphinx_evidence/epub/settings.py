"""Settings of the e-book, beside Sphinx's own."""

from dataclasses import dataclass, field

from sphinx_evidence.settings import about


@dataclass(frozen=True)
class EPUBSettings:
    """What the metadata claim beyond what the pages show. Every build packs the whole book."""

    epub_certified_by: str = field(
        default="",
        metadata=about(
            "Who says, after a test, that the e-book meets EPUB Accessibility 1.1 with WCAG 2.1, "
            "level AA; otherwise its metadata claim no conformance."
        ),
    )
    epub_certifier_report: str = field(
        default="",
        metadata=about("The address of the report on that test, or of an accessibility statement."),
    )
