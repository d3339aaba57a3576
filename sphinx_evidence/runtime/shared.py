"""Settings that several features read."""

from dataclasses import dataclass, field
from functools import lru_cache

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from sphinx_evidence.diagnostics.severities import severities
from sphinx_evidence.rulebook.rule import Rule, Severity
from sphinx_evidence.runtime.abort import abort_on, faults
from sphinx_evidence.settings import about


@dataclass(frozen=True)
class SharedSettings:
    """What counts as a fault, and what is done with it."""

    rules: dict[str, str] = field(
        default_factory=dict,
        metadata=about(
            'From the name of a rule to `"error"`, `"warning"` (reported, but does not fail) or '
            '`"off"`, where that is not the severity of the rule itself; with a star, '
            'from all names that begin alike, as `"policy-*"`. The last that fits decides.',
            validator=severities,
        ),
    )
    fix: bool = field(
        default=False,
        metadata=about(
            "Replace what is certain, show the changes, and touch nothing else; "
            "given on the command line, as `-D evidence_fix=1`."
        ),
    )
    baseline: str = field(
        default="",
        metadata=about(
            "A file beside conf.py that keeps findings for later, as `evidence-baseline.json`: "
            "[only new ones fail](checks.md#a-baseline)."
        ),
    )
    baseline_write: bool = field(
        default=False,
        metadata=about(
            "Keep in that file all that `evidence-citations` finds today; given on the command "
            "line, as `-D evidence_baseline_write=1`."
        ),
    )
    reference_status: dict[str, str] = field(
        default_factory=dict,
        metadata=about(
            "From the value of an entry's `status` field to the words that readers see below the "
            "reference. With it, each entry needs one of these values. Where a registry agrees "
            "with all that is printed, readers see the words of `confirmed`, if there are any.",
            rebuild="env",
        ),
    )
    short_names: bool = field(
        default=False,
        metadata=about(
            "Let the builders take the short names `pdf`, `epub`, `docx`, `linkcheck`, `citations` "
            "and `references`, whoever has them; otherwise they are `evidence-pdf`, "
            "`evidence-epub`, `evidence-docx`, `evidence-links`, `evidence-citations` and "
            "`evidence-references`."
        ),
    )


def severities_of(config: Config) -> dict[Rule, Severity]:
    """The severity of every rule in this project."""
    return _severities(tuple(config.evidence_rules.items()), tuple(config.suppress_warnings))


@lru_cache  # it is asked some times for each page
def _severities(own: tuple[tuple[str, str], ...], hidden: tuple[str, ...]) -> dict[Rule, Severity]:
    return severities(dict(own), hidden)


def abort_on_faults(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Stop at what a page carries, where nothing has stopped before: the checks are not loaded."""
    own = severities_of(app.config)
    found = [one for node in doctree.findall(faults) for one in node["findings"]]
    abort_on([one for one in found if own[one.rule] is Severity.ERROR])
