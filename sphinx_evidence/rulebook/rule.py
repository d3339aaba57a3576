"""The names of the rules, each with its severity and the address of its documentation.

What a rule finds and why, with examples of wrong and right, stands in the TOML files beside this
module; a test proves that both name the same rules.
"""

from enum import StrEnum
from functools import cache
from typing import Self


class Severity(StrEnum):
    """What a finding does to a run: fail it, be reported, or neither."""

    ERROR = "error"
    WARNING = "warning"
    OFF = "off"


class Rule(StrEnum):
    """Every rule, an error where nothing else is said, in the order of the TOML files."""

    severity: Severity

    def __new__(cls, name: str, severity: Severity = Severity.ERROR) -> Self:
        """A rule is its name, so that reports and settings can write it as text."""
        rule = str.__new__(cls, name)
        rule._value_ = name
        rule.severity = severity
        return rule

    @property
    def silenceable(self) -> bool:
        """Whether a remark on a page, or a baseline, may silence it.

        What keeps readers safe, conf.py alone may; what leaves out works or pages, nobody.
        """
        return not (self.startswith("policy-") or self.leaves_out)

    @property
    def leaves_out(self) -> bool:
        """Whether what it finds keeps a work or a page from being read at all."""
        return self in {Rule.BIB_MISSING, Rule.BIB_SYNTAX, Rule.ENCODING, Rule.PAGE_CIRCLE}

    @property
    def from_outside(self) -> bool:
        """Whether what it finds depends on what hosts and registries say, which changes."""
        return self.startswith(("link-", "reference-"))

    @property
    def url(self) -> str:
        """Where the rule is explained; empty where the documentation has no known address."""
        base = documentation()
        return f"{base}rules.html#{self}" if base else ""

    # bibliography.toml
    BIB_SYNTAX = "bib-syntax"
    BIB_KEY_TWICE = "bib-key-twice"
    BIB_WORK_TWICE = "bib-work-twice"
    BIB_WORK_SIMILAR = "bib-work-similar", Severity.WARNING
    BIB_FIELD_TWICE = "bib-field-twice"
    BIB_FIELD = "bib-field"
    BIB_EMPTY = "bib-empty", Severity.OFF
    BIB_LETTERS = "bib-letters"
    BIB_HTML = "bib-html", Severity.WARNING
    BIB_TYPE = "bib-type"
    BIB_CROSSREF = "bib-crossref"
    BIB_STRAY = "bib-stray"
    BIB_MISSING = "bib-missing"
    BIB_TITLE = "bib-title"
    BIB_AUTHOR = "bib-author"
    BIB_EDITOR = "bib-editor"
    BIB_PEOPLE = "bib-people"
    BIB_ORGANISATION = "bib-organisation", Severity.WARNING
    BIB_GIVEN_NAME = "bib-given-name", Severity.WARNING
    BIB_PERSON_TWICE = "bib-person-twice", Severity.WARNING
    BIB_NEEDED = "bib-needed", Severity.WARNING
    BIB_RECOMMENDED = "bib-recommended", Severity.WARNING
    BIB_DOI = "bib-doi"
    BIB_DOI_SHORT = "bib-doi-short", Severity.WARNING
    BIB_DOI_URL = "bib-doi-url", Severity.WARNING
    BIB_ISBN = "bib-isbn"
    BIB_ISSN = "bib-issn"
    BIB_PMID = "bib-pmid"
    BIB_PMCID = "bib-pmcid"
    BIB_YEAR = "bib-year"
    BIB_YEAR_KEY = "bib-year-key", Severity.WARNING
    BIB_YEAR_DOI = "bib-year-doi", Severity.WARNING
    BIB_MONTH = "bib-month"
    BIB_URLDATE = "bib-urldate"
    BIB_URLDATE_FORM = "bib-urldate-form", Severity.WARNING
    BIB_ACCESSED = "bib-accessed", Severity.OFF
    BIB_PAGES = "bib-pages"
    BIB_PAGES_SHORT = "bib-pages-short", Severity.OFF
    BIB_NUMBER = "bib-number"
    BIB_JOURNAL = "bib-journal", Severity.WARNING
    BIB_TITLE_STOP = "bib-title-stop", Severity.OFF
    BIB_TITLE_CAPITALS = "bib-title-capitals", Severity.WARNING
    BIB_TITLE_CASE = "bib-title-case", Severity.OFF
    BIB_LATEX = "bib-latex", Severity.WARNING
    BIB_URL = "bib-url"
    BIB_ORDER = "bib-order", Severity.OFF
    BIB_LAYOUT = "bib-layout", Severity.OFF
    BIB_STATUS = "bib-status"

    # citations.toml
    CITATION_UNKNOWN = "citation-unknown"
    CITATION_PLAIN = "citation-plain"
    CITATION_UNMATCHED = "citation-unmatched"
    CITATION_NAMELESS = "citation-nameless", Severity.WARNING
    CITATION_PANDOC = "citation-pandoc"
    CITATION_TWICE = "citation-twice"
    CITATION_BRACKETS = "citation-brackets"
    CITATION_QUOTATION = "citation-quotation", Severity.WARNING
    CITATION_HEADING = "citation-heading", Severity.OFF
    CITATION_ALT = "citation-alt"
    CITATION_UNLISTED = "citation-unlisted"
    CITATION_UNUSED = "citation-unused", Severity.OFF
    CITATION_FURTHER_READING = "citation-further-reading"

    # links.toml
    LINK_GONE = "link-gone"
    LINK_MALFORMED = "link-malformed"
    LINK_FAILING = "link-failing", Severity.WARNING
    LINK_MOVED = "link-moved", Severity.WARNING
    LINK_HTTP = "link-http", Severity.WARNING
    LINK_DOI = "link-doi", Severity.WARNING
    LINK_ANCHOR = "link-anchor", Severity.WARNING
    LINK_LEDGER = "link-ledger"

    # manuscripts.toml
    MANUSCRIPT_UNLISTED = "manuscript-unlisted"
    MANUSCRIPT_YEAR = "manuscript-year"
    MANUSCRIPT_NAME = "manuscript-name"
    MANUSCRIPT_UNCITED = "manuscript-uncited", Severity.WARNING
    MANUSCRIPT_ORDER = "manuscript-order", Severity.WARNING
    MANUSCRIPT_CROSSREF = "manuscript-crossref"
    MANUSCRIPT_LINK = "manuscript-link"
    MANUSCRIPT_NO_LIST = "manuscript-no-list"
    MANUSCRIPT_NUMBER = "manuscript-number"
    MANUSCRIPT_UNREAD = "manuscript-unread", Severity.WARNING

    # pages.toml
    CROSSREF_PAGE = "crossref-page"
    CROSSREF_HEADING = "crossref-heading"
    CROSSREF_NAME = "crossref-name"
    CROSSREF_NUMBER = "crossref-number"
    CROSSREF_TYPED = "crossref-typed"
    CROSSREF_TERM = "crossref-term"
    CROSSREF_UNREFERENCED = "crossref-unreferenced", Severity.OFF
    IMAGE_ALT = "image-alt", Severity.WARNING
    MARKUP_LEFT = "markup-left"
    MARKUP_LINK = "markup-link"
    MARKUP_WORDLESS = "markup-wordless"
    MARKUP_FOOTNOTE = "markup-footnote"
    MARKUP_LATEX = "markup-latex"
    MARKUP_BOLD = "markup-bold"
    HEADING_TWICE = "heading-twice", Severity.WARNING
    PAGE_LOST = "page-lost"
    PAGE_CIRCLE = "page-circle"
    PAGE_ORPHAN = "page-orphan", Severity.WARNING
    MARKUP_UNKNOWN = "markup-unknown"
    DIRECTIVE_BROKEN = "directive-broken"
    MERGE_LEFT = "merge-left"
    RAW_HTML = "raw-html", Severity.OFF
    BOX_OPEN = "box-open"
    BLOCK_NESTED = "block-nested"
    FENCE_OPEN = "fence-open"
    SETTING = "setting"
    ENCODING = "encoding"
    SILENCE_REASON = "silence-reason"
    SILENCE_UNKNOWN = "silence-unknown"
    SILENCE_UNUSED = "silence-unused"
    RECORD_FILE = "record-file"
    RECORD_NOTE = "record-note"
    HOW_SURE = "how-sure"

    # policy.toml: for projects whose pages strangers change, but for what nobody can see
    POLICY_ADDRESS = "policy-address", Severity.OFF
    POLICY_CHARACTER = "policy-character"
    POLICY_CONTENT = "policy-content", Severity.OFF
    POLICY_DIRECTIVE = "policy-directive", Severity.OFF
    POLICY_FILE = "policy-file", Severity.OFF
    POLICY_FRONT_MATTER = "policy-front-matter", Severity.OFF

    # record.toml
    RECORD_ID = "record-id"
    RECORD_KIND = "record-kind"
    RECORD_MISSING = "record-missing"
    RECORD_SYNTAX = "record-syntax"
    RECORD_TABLE = "record-table"
    RECORD_TYPE = "record-type"
    RECORD_UNKNOWN = "record-unknown"

    # references.toml
    REFERENCE_WORK = "reference-work"
    REFERENCE_ABSENT = "reference-absent"
    REFERENCE_RETRACTED = "reference-retracted"
    REFERENCE_CONCERN = "reference-concern", Severity.WARNING
    REFERENCE_CORRECTED = "reference-corrected", Severity.WARNING
    REFERENCE_ACKNOWLEDGED = "reference-acknowledged"
    REFERENCE_TITLE = "reference-title", Severity.WARNING
    REFERENCE_AUTHOR = "reference-author", Severity.WARNING
    REFERENCE_AUTHORS = "reference-authors", Severity.WARNING
    REFERENCE_YEAR = "reference-year", Severity.WARNING
    REFERENCE_JOURNAL = "reference-journal", Severity.WARNING
    REFERENCE_VOLUME = "reference-volume", Severity.WARNING
    REFERENCE_ISSUE = "reference-issue", Severity.WARNING
    REFERENCE_PAGES = "reference-pages", Severity.WARNING
    REFERENCE_IDENTIFIER = "reference-identifier", Severity.WARNING
    REFERENCE_PUBLISHED = "reference-published", Severity.WARNING
    REFERENCE_TWICE = "reference-twice"
    REFERENCE_CONFIRMED = "reference-confirmed"
    REFERENCE_LOCK = "reference-lock"

    # reviews.toml
    REVIEW_COMMENT = "review-comment", Severity.WARNING
    REVIEW_CHANGE = "review-change", Severity.WARNING
    REVIEW_UNTRACKED = "review-untracked", Severity.WARNING

    # style.toml
    STYLE_SENTENCE = "style-sentence", Severity.OFF
    STYLE_SUMMARY = "style-summary", Severity.OFF
    STYLE_ONWARD = "style-onward", Severity.OFF
    STYLE_LENGTH = "style-length", Severity.OFF
    STYLE_WORDING = "style-wording"  # finds nothing before evidence_wording names words

    # word.toml
    WORD_LOCAL = "word-local"
    WORD_OPEN = "word-open", Severity.WARNING


@cache
def documentation() -> str:
    """The address of the documentation, as the installed distribution declares it."""
    from importlib import metadata  # noqa: PLC0415  # slow to load

    try:
        declared = metadata.metadata("sphinx-evidence").get_all("Project-URL", [])
    except metadata.PackageNotFoundError:  # run from a copy of the package
        return ""
    urls = dict(str(line).split(", ", 1) for line in declared)
    return urls.get("Documentation", "")
