"""Settings of the editorial record."""

from dataclasses import dataclass, field

from sphinx_evidence.settings import about


@dataclass(frozen=True)
class RecordSettings:
    """Where the record stands that notes of the edition come from."""

    record: str = field(
        default="editorial-record.toml",
        metadata=about(
            "The editorial record in which the notes stand that {edition-note} shows, relative to "
            "the folder of the pages.",
            rebuild="env",
        ),
    )
