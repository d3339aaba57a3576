"""``sphinx-evidence audit``: a manuscript checked against its own list of references."""

import argparse
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from sphinx_evidence.cli.parsing import Commands, add_command, add_severities
from sphinx_evidence.cli.reporting import report, stop
from sphinx_evidence.diagnostics.finding import Finding, display_path, not_utf8
from sphinx_evidence.manuscripts.audit import audit
from sphinx_evidence.manuscripts.bib import to_bib
from sphinx_evidence.manuscripts.document import Document
from sphinx_evidence.manuscripts.entry import Listed
from sphinx_evidence.manuscripts.plain_text import read
from sphinx_evidence.manuscripts.reference_list import find_reference_list
from sphinx_evidence.reports import Report
from sphinx_evidence.reports.html_page import to_html
from sphinx_evidence.text.atomic import write_new
from sphinx_evidence.text.source import check_file
from sphinx_evidence.word.archive import BEGINNINGS, WordError, open_word

_PDF = b"%PDF-"
_SAVE = "Open it in the program that it is from, and save it as .docx, or as plain text in UTF-8."


def add_to(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, run, "audit", "check a manuscript against its own list of references",
        "Checks a document of Word (.docx), in plain text, Markdown or HTML that ends with a\n"
        "list of references: every citation must lead to a work in the list, every work must\n"
        "be cited, and what the text refers to must be there. In Word, tracked changes and\n"
        "comments that are open, links to somebody’s own computer and pictures without words\n"
        "are told, too; headers and footers are not read.",
        ("paper.md", "check the document"),
        ("--bib references.bib paper.md", "write its list as a new .bib file, too"),
        ("--comments mended.docx paper.docx", "write a copy with a comment at each finding"),
        ("--html findings.html paper.docx", "write a page that can be sent to the author"),
    )  # fmt: skip
    command.add_argument("file", type=Path, metavar="FILE", help="a .docx, or a text in UTF-8")
    command.add_argument(
        "--bib", type=Path, metavar="OUT",
        help="write the list as a new .bib file; what fields of Zotero, Mendeley, EndNote or Word "
        "say of a work goes before what is read from the list",
    )  # fmt: skip
    command.add_argument(
        "--comments", type=Path, metavar="OUT", help="write a new copy of a .docx with comments"
    )
    command.add_argument(
        "--html", type=Path, metavar="OUT", help="write the findings as a new page of HTML"
    )
    add_severities(command)


@dataclass(frozen=True)
class _Manuscript:
    """A document, and what only its format has."""

    document: Document
    findings: Iterable[Finding] = ()
    bib: Callable[[Iterable[Listed]], str] = to_bib
    commented: Callable[[Iterable[Finding]], bytes] = lambda _: b""  # of Word alone


def run(options: argparse.Namespace) -> int:
    """Check a document against its own list, and write what is asked for."""
    path: Path = options.file
    for name in ("bib", "comments", "html"):
        if (out := getattr(options, name)) and out.exists():
            # A file that is there may hold work that nobody wants to lose.
            return stop(f"{out}: File exists. Give --{name} the name of a new file.")
    try:
        manuscript = _read(path, comments=bool(options.comments))
    except UnicodeDecodeError as error:
        return report([not_utf8(path.resolve(), error)], {}, options)
    except WordError as error:
        return stop(f"{path}: {error}")
    except OSError as error:
        return stop(f"{path}: {error.strerror}. Give the name of a document.")
    document = manuscript.document
    found = find_reference_list(document)
    entries = found.entries if found else ()

    def write(made: Report) -> str:
        copies: dict[str, Callable[[], bytes]] = {
            "bib": lambda: manuscript.bib(entries).encode(),
            "comments": lambda: manuscript.commented(made.findings),
            "html": lambda: to_html(made, path.name).encode(),
        }
        for name, copy in copies.items():
            out = getattr(options, name)
            if out and (data := copy()):
                try:
                    write_new(out, data)
                except OSError as error:
                    return f"{out}: {error.strerror}. Give --{name} the name of a new file."
        return ""

    findings = map(document.as_seen, [*audit(document), *manuscript.findings])
    return report(list(findings), {"works": len(entries)}, options, also=write)


def _read(path: Path, *, comments: bool) -> _Manuscript:
    """The document. Raises OSError, UnicodeDecodeError, and WordError where it is none."""
    check_file(path)
    with path.open("rb") as file:
        begin = file.read(5)
    if begin.startswith(_PDF):
        raise WordError(f"this is no document that can be read here. {_SAVE}")
    shown = display_path(path.resolve())
    if begin.startswith(BEGINNINGS) or path.suffix.lower() == ".docx":
        return _word(path, shown)
    if comments:
        raise WordError("only a .docx takes comments. Leave out --comments.")
    return _Manuscript(read(path.read_bytes().decode("utf-8-sig"), shown))


def _word(path: Path, shown: str) -> _Manuscript:
    """A document of Word. Raises WordError."""
    opened = open_word(path)  # which says what to install
    from sphinx_evidence.word.comments import commented  # noqa: PLC0415  # needs an extra
    from sphinx_evidence.word.document import as_document  # noqa: PLC0415
    from sphinx_evidence.word.findings import word_findings  # noqa: PLC0415
    from sphinx_evidence.word.origins import refuse_copy  # noqa: PLC0415
    from sphinx_evidence.word.reading import read_word  # noqa: PLC0415
    from sphinx_evidence.word.works import works_of  # noqa: PLC0415

    refuse_copy(opened)
    manuscript = read_word(opened)
    document = as_document(manuscript, shown)

    def bib(entries: Iterable[Listed]) -> str:
        return works_of(manuscript, entries).bib

    def copy(findings: Iterable[Finding]) -> bytes:
        return commented(opened, manuscript, findings)

    return _Manuscript(document, [*word_findings(manuscript, shown)], bib, copy)
