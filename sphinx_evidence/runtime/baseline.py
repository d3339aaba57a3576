"""The baseline that conf.py names, for the checks of a build."""

from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from sphinx_evidence import settings
from sphinx_evidence.diagnostics.baseline import Baseline, BaselineError
from sphinx_evidence.diagnostics.finding import Finding, display_path
from sphinx_evidence.runtime.abort import BuildAborted, abort_on
from sphinx_evidence.runtime.config import read
from sphinx_evidence.runtime.shared import SharedSettings

_AGAIN = "-b evidence-citations -D evidence_baseline_write=1"


def baseline_of(config: Config, confdir: Path) -> Baseline | None:
    """The baseline, if conf.py names one; what is none stops the build."""
    shared = read(SharedSettings, config)
    if not shared.baseline:
        return None
    try:
        return Baseline.read(confdir / shared.baseline, _AGAIN, missing=shared.baseline_write)
    except BaselineError as error:
        abort_on([error.finding])
        raise  # which it never comes to


def check_baseline(app: Sphinx) -> None:
    """Stop at a baseline that is none before anything is read."""
    confdir = Path(app.confdir)
    if not baseline_of(app.config, confdir) and read(SharedSettings, app.config).baseline_write:
        wrong = "evidence_baseline names no file to write."
        remedy = 'Write evidence_baseline = "evidence-baseline.json" in conf.py.'
        name = "evidence_baseline_write"
        abort_on([settings.fault(confdir / "conf.py", name, wrong, remedy)])


def rewrite(baseline: Baseline, findings: Iterable[Finding]) -> Baseline:
    """Write the baseline anew, with all that was found in a whole run."""
    try:
        return baseline.write(findings)
    except OSError as error:
        where = display_path(baseline.path)
        raise BuildAborted(
            f"{where}: {error.strerror}. See that it may be written, and build again."
        ) from error
