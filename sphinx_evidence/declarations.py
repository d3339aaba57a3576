"""Every setting of the extension; conf.py is checked against them before anything is read."""

from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence import settings
from sphinx_evidence.checks.settings import ChecksSettings
from sphinx_evidence.docx.settings import DocxSettings
from sphinx_evidence.epub.settings import EPUBSettings
from sphinx_evidence.helplines import HelplinesSettings
from sphinx_evidence.html.settings import (
    AnswersSettings,
    CiteThisSettings,
    DownloadsSettings,
    PreviewsSettings,
    ReferenceFilterSettings,
    SearchSettings,
    SitePolicySettings,
)
from sphinx_evidence.links.settings import LinksSettings
from sphinx_evidence.mentions import MentionsSettings
from sphinx_evidence.network.settings import NetworkSettings
from sphinx_evidence.page_tree import PageTreeSettings
from sphinx_evidence.pdf.settings import PDFSettings
from sphinx_evidence.policy.settings import PolicySettings
from sphinx_evidence.registries.settings import RegistriesSettings
from sphinx_evidence.runtime.abort import abort_on
from sphinx_evidence.runtime.config import faults
from sphinx_evidence.runtime.shared import SharedSettings
from sphinx_evidence.style.settings import StyleSettings

SETTINGS = (
    SharedSettings, ChecksSettings, StyleSettings, PolicySettings, LinksSettings,
    NetworkSettings, RegistriesSettings, PDFSettings, EPUBSettings, DocxSettings,
    AnswersSettings, CiteThisSettings,
    DownloadsSettings, PreviewsSettings, SitePolicySettings, SearchSettings, HelplinesSettings,
    MentionsSettings, PageTreeSettings, ReferenceFilterSettings,
)  # fmt: skip


def declarations() -> Iterator[settings.Setting]:
    """Every setting, in the order in which the documentation lists them."""
    for feature in SETTINGS:
        yield from settings.declared(feature)


def check(app: Sphinx, config: Config) -> None:
    """Stop at every setting that does not exist or cannot be, all of them at once."""
    conf = Path(app.confdir, "conf.py")
    abort_on([
        *settings.misspelt(conf, (one.name for one in declarations())),
        *(finding for feature in SETTINGS for finding in faults(conf, config, feature)),
    ])  # fmt: skip


def setup(app: Sphinx) -> ExtensionMetadata:
    """Check before a feature checks its own settings (100)."""
    app.connect("config-inited", check, priority=90)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
