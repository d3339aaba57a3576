"""Settings of references: what registries are asked, and where their answers are kept."""

from dataclasses import dataclass, field

from sphinx_evidence.network.settings import Ask
from sphinx_evidence.settings import about

LOCK = "references.lock.json"


@dataclass(frozen=True)
class RegistriesSettings:
    """How works are asked for."""

    references_ask: Ask = field(
        default=Ask.DUE,
        metadata=about(
            "Which works the builder `evidence-references` asks registries for: `due`, those of "
            "which nobody has spoken for a week, and those that are new or changed; `all`; `new`, "
            "which leaves out what is known; `none`, so that the lock judges alone, without "
            "network, as it does in every other builder."
        ),
    )
    references_lock: str = field(
        default=LOCK, metadata=about("The file of the lock, relative to `conf.py`.")
    )
