"""Sphinx configuration of the manual: values only. Build with ``nox -s manual``."""

from sphinx_evidence import __version__

project = "sphinx-evidence"
author = project_copyright = "the project’s contributors"
version = release = __version__
language = "en-GB"

extensions = ["myst_parser", "sphinx_evidence", "sphinx_evidence.docs.generated"]
nitpicky = True

myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
suppress_warnings = ["myst.xref_missing"]  # of anchors on generated pages

evidence_rules = {"page-orphan": "error", "style-sentence": "error"}

html_theme = "furo"
html_title = f"sphinx-evidence {__version__}"
html_copy_source = False
html_show_sphinx = False
