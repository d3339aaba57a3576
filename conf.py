"""Sphinx configuration: values only. Build with ``nox -s html`` or ``nox -s pdf``."""

import os
from urllib.parse import urlsplit

# -- The document -------------------------------------------------------------

project = "Recovery-based approaches to mental health"
author = "Maria Teresa Ferazzoli, edited by the project’s contributors"
project_copyright = "Maria Teresa Ferazzoli and IMPACT; edition by the project’s contributors"
version = release = "0.1.0"
language = "en-GB"

# Where the project lives. The services that build it set these; the defaults are placeholders.
repository_url = os.environ.get("REPOSITORY_URL", "https://example.org/recovery-based-approaches")
site_url = os.environ.get("SITE_URL", "https://example.org/").rstrip("/") + "/"

# -- Sphinx and MyST ----------------------------------------------------------

extensions = [
    "myst_parser",
    "notfound.extension",
    "sphinx_design",
    "sphinx_evidence",
    "sphinx_reredirects",
    "sphinxcontrib.bibtex",
]
evidence_short_names = True  # pdf, epub, docx, linkcheck, citations
exclude_patterns = ["_*"]
templates_path = ["docs/_templates"]
nitpicky = numfig = True
numfig_secnum_depth = 0  # one running number for the whole paper: Box 1, Box 2
numfig_format = {"box": "Box %s", "figure": "Figure %s", "table": "Table %s"}
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 3

# -- References ---------------------------------------------------------------

bibtex_bibfiles = ["references.bib"]
bibtex_default_style = bibtex_reference_style = "harvard"
bibtex_bibliography_id = "references-{bibliography_count}"
bibtex_cite_id = "ref-{key}-{bibliography_count}"  # stable addresses for links from elsewhere
bibtex_tooltips = False  # a title on every link is read aloud after it
evidence_rules = {
    "bib-accessed": "warning", "bib-order": "warning", "bib-pages-short": "error",
    "citation-*": "error", "crossref-*": "error", "heading-*": "error", "image-*": "error",
    "page-*": "error", "policy-*": "error", "raw-html": "error", "style-*": "error",
}  # fmt: skip
evidence_wording = {  # Box 1 of the paper asks for people first, and for no label as a name
    "schizophrenics?": "people with a diagnosis of schizophrenia",
    "struggling with": "living with",
    "suffer(s|ing)? from": "live with",
    "sufferers?": "people who live with it",
    "the mentally ill": "people with mental health problems",
}
evidence_reference_status = {
    "confirmed": "Details confirmed",
    "as printed": "Details as printed in the source, not confirmed",
    "not identified": "Work not identified",
}
evidence_mentions = True  # boxes, tables, figures and terms say where they are mentioned
evidence_links_contact = repository_url  # by which hosts can reach us

# -- HTML ---------------------------------------------------------------------

html_theme = "paper"
html_theme_path = ["docs/_theme"]
html_title = project
html_short_title = "Recovery-based approaches"
html_baseurl = site_url
html_static_path = ["docs/_static"]
html_favicon = "docs/_static/favicon.svg"
html_copy_source = False
html_show_sphinx = False
html_use_index = False  # the glossary is the index
html_math_renderer = "mathml"  # no script from another host
evidence_content_security_policy = "default-src 'self'; base-uri 'none'"
evidence_answers = True  # room to write below questions
evidence_cite_this = "CITATION.cff"
evidence_page_tree = True  # the menu is resolved once, not for each page
evidence_previews = True  # citations open in place
evidence_reference_filter = evidence_search = True
evidence_helplines = {  # at the foot of every page
    "In an emergency": "999",
    "Anywhere in the UK": "Samaritans, on 116 123, day and night; or text SHOUT to 85258",
    "England": "NHS 111, and select the mental health option", "Wales": "NHS 111, and press 2",
    "Scotland": "NHS 24, on 111; or Breathing Space, on 0800 83 85 87, evenings, nights, weekends",
    "Northern Ireland": "Lifeline, on 0808 808 8000, day and night",
}  # fmt: skip
evidence_search_synonyms = {"crisis": "directive", "work": "outcomes", "wrote": "author made"}
html_context = {"card": f"{site_url}_static/card.png"}  # the picture when a page is shared
html_theme_options = {"source_edit_link": f"{repository_url}/edit/main/docs/{{filename}}"}
notfound_template = "404.html"
notfound_context = {"title": "Page not found"}
notfound_urls_prefix = urlsplit(site_url).path  # links of the 404 page work at any depth

redirect_html_template_file = "_templates/redirect.html"
redirects = {  # pages that were merged into others
    "defining-recovery": "personal-recovery.html", "meanings": "the-issue.html",
    "context": "four-countries.html", "england": "four-countries.html#england",
    "northern-ireland": "four-countries.html#northern-ireland",
    "scotland": "four-countries.html#scotland", "wales": "four-countries.html#wales",
    "evidence-so-far": "benefits.html", "practices-support": "practices.html",
    "smart-devices": "editorial-record-form.html#change-hampshire-apart",
}  # fmt: skip

# -- Copies: PDF, EPUB and Word -----------------------------------------------

_name = epub_basename = evidence_docx_name = "recovery-based-approaches"
_subtitle = "A discussion paper: edited edition of a document prepared for IMPACT in August 2024"
_record = [f"editorial-record{on}" for on in ("", "-wording", "-citations", "-references", "-form")]
_left_out = evidence_docx_without = [*_record, "questions-for-the-author", "accessibility"]
_paper = {"subtitle": _subtitle, "without": _left_out, "brief_references": True}
_pack = {
    "title": f"{project}: discussion pack",
    "subtitle": "Questions to hand out, and a sheet for the facilitator",
    "pages": ["discussion-questions", "facilitators"],
    "appendix": "Boxes, table and figure",
    "in_place": ["discussion-questions"],
    "writing_lines": 5,
}
evidence_pdf_documents = [
    {"name": _name, **_paper},
    {"name": f"{_name}-large-print", **_paper, "size": "large"},
    {"name": f"{_name}-complete", "subtitle": f"{_subtitle}, with its editorial record"},
    {"name": "summary", "pages": ["summary"], "sheets": 1},
    {"name": "summary-large-print", "pages": ["summary"], "sheets": 1, "size": "large"},
    {"name": "discussion-pack", **_pack},
    {"name": "discussion-pack-large-print", **_pack, "size": "large"},
]
epub_description = evidence_docx_subtitle = _subtitle
epub_exclude_files = [f"{page}.xhtml" for page in _left_out]
evidence_epub_certified_by = "The project’s contributors"
evidence_epub_certifier_report = f"{site_url}accessibility.html"
epub_show_urls = "no"  # an address read aloud after each link would drown the sentence
evidence_docx_notice = "Change what you would change, which is tracked, and comment on any words."
_pdf = "../build/pdf"
evidence_downloads = {  # what the first page offers: need, then words of each link and file
    "To print": {"The paper": f"{_pdf}/{_name}.pdf"},
    "In large print": {
        "The paper in large print": f"{_pdf}/{_name}-large-print.pdf",
        "The discussion pack in large print": f"{_pdf}/discussion-pack-large-print.pdf",
        "The summary in large print": f"{_pdf}/summary-large-print.pdf",
    },
    "On an e-reader or a phone": {"The paper as an e-book": f"../build/epub/{_name}.epub"},
    "For a meeting": {"The discussion pack": f"{_pdf}/discussion-pack.pdf"},
    "On one sheet": {"The summary": f"{_pdf}/summary.pdf"},
    "With the whole record": {"The complete edition": f"{_pdf}/{_name}-complete.pdf"},
}
