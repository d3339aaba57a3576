"""Pages checked without Sphinx, by what conf.py above them asks for: it is read, and not run."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from sphinx_evidence.diagnostics.finding import Finding, display_path, not_utf8
from sphinx_evidence.diagnostics.severities import severities, suppressed
from sphinx_evidence.diagnostics.suppressions import apply_suppressions
from sphinx_evidence.rulebook.rule import Rule, Severity
from sphinx_evidence.settings import Setting, declared, written
from sphinx_evidence.style.ease import reading_ease
from sphinx_evidence.style.page import read
from sphinx_evidence.style.settings import StyleSettings
from sphinx_evidence.style.writing import RULES, check_page, suppressions_of
from sphinx_evidence.text.source import check_file

_SEVERITIES = (
    Setting("evidence_rules", dict, {}, "", validator=severities),
    Setting("suppress_warnings", list, [], "", validator=suppressed),
)


def check_files(
    paths: Sequence[Path], own: Mapping[str, str]
) -> tuple[list[Finding], dict[Rule, Severity], dict[str, float]]:
    """Every finding, the severity of each rule, and the reading ease of each page.

    ``own`` severities come before conf.py's.

    Raises OSError where a page cannot be read.
    """
    folders = paths[0].resolve().parents
    conf = next((f / "conf.py" for f in folders if (f / "conf.py").is_file()), None)
    style = tuple(declared(StyleSettings))
    values, findings = written(conf, [*_SEVERITIES, *style])
    chosen = severities({**values["evidence_rules"], **own}, values["suppress_warnings"])
    settings = StyleSettings(*(values[one.name] for one in style))
    eases: dict[str, float] = {}
    for path in map(Path.resolve, paths):
        check_file(path)
        try:
            page = read(path.read_bytes().decode("utf-8"))
        except UnicodeDecodeError as error:
            findings.append(not_utf8(path, error))
            continue
        name = display_path(path)
        if (ease := reading_ease(page.blocks)) is not None:
            eases[name] = ease
        found = check_page(page, name, settings)
        findings += apply_suppressions(found, [*suppressions_of(page, name)], judged=RULES)
    return findings, chosen, eases
