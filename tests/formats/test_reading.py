"""What reference managers export becomes entries, and what is none of it is refused in one line."""

import json
from pathlib import Path

import pytest
import rispy
from pybtex.database import Entry as Work
from pybtex.database import parse_string

from sphinx_evidence.bibliography.layout import laid_out
from sphinx_evidence.bibliography.reader import Entry, read
from sphinx_evidence.bibliography.rules import check_entries
from sphinx_evidence.cli import main
from sphinx_evidence.formats import bibtex, csl, ris
from sphinx_evidence.formats.reading import read_works
from tests.projects import ROOT

RIS = """\
TY  - JOUR
AU  - Able, Mary
AU  - van Dorn, Jaap
AU  - The Group
TI  - Hope in the <i>UK</i> &amp; COVID-19: {a} study
T2  - Journal of Examples
J2  - J Ex
PY  - 2011
DA  - 2011/12//
VL  - 199
IS  - 6
SP  - 445
EP  - 452
DO  - https://doi.org/10.1000/abc
UR  - https://doi.org/10.1000/abc
SN  - 2049-3630
AB  - Long
  and goes on
XX  - what nobody knows
ER  -

TY  - RPRT
AU  - World Health Organization
TI  - Guidance on community services
PY  - 2021
PB  - WHO
UR  - javascript:alert(1)
TY  - THES
AU  - Able, M.
TI  - A thesis about examples of hope
PY  - 1999
PB  - A University
M3  - Master's thesis
ER  -
"""
NBIB = """\

PMID- 22130746
OWN - NLM
VI  - 199
IP  - 6
DP  - 2011 Dec 3
TI  - A framework: systematic review and
      narrative synthesis.
PG  - 445-52
LID - 10.1000/abc [doi]
FAU - Able, Mary
AU  - Able M
CN  - The Group
LA  - eng
PMC - PMC123
PT  - Journal Article
TA  - J Ex
JT  - The journal of examples : the journal of instances
"""
BETTER_BIBTEX = r"""
@article{ableHopeUK2011,
  title = {Hope in the {{UK}}},
  author = {Able, Mary},
  date = {2011-12-03},
  journaltitle = {Journal of Examples},
  shortjournal = {J Ex},
  url = {https://dx.doi.org/10.1000/abc},
  eprint = {22130746},
  eprinttype = {pubmed},
  langid = {ngerman},
  file = {/home/able/Zotero/hope.pdf},
}
"""
CSL = [
    {
        "id": 1, "type": "chapter", "title": "A chapter", "container-title": "The whole",
        "author": [{"family": "Dorn", "non-dropping-particle": "van", "given": "Jaap"}],
        "editor": [{"literal": "Team and Sons"}], "page": "3–9", "archive": "a box",
        "issued": {"date-parts": [["2013", 8]]}, "accessed": {"date-parts": [[2024, 2, 31]]},
    },
    {
        "id": "2", "type": "webpage", "title": "A page", "URL": "https://example.org/a_b%20c",
        "issued": {"raw": "2020-05"}, "container-title": "A site",
    },
]  # fmt: skip


# What each program adds for itself, as it writes it.
OWN = {
    "BibDesk": "Date-Added = {2020-01-01}, Date-Modified = {2020-01-01}, Bdsk-File-1 = {YnBsaXN0}",
    "JabRef": "file = {:a.pdf:PDF}, groups = {Mine}, owner = {able}, timestamp = {2020-01-01}",
    "Mendeley": "annote = {Mine}, keywords = {a}, mendeley-tags = {a}, abstract = {Long}",
    "Zotero": "annotation = {Mine}, shortjournal = {J Ex}",
}


def values(entry: Entry) -> dict[str, str]:
    return {name: field.value for name, field in entry.fields.items()}


def test_ris() -> None:
    works = read_works(RIS)
    assert [entry.type for entry in works.entries] == ["article", "report", "mastersthesis"]
    article, report, thesis = map(values, works.entries)
    assert article == {
        "author": "Able, Mary and van Dorn, Jaap and {The Group}",
        "title": r"Hope in the {UK} \& {COVID}-19: (a) study",
        "year": "2011", "journal": "Journal of Examples", "volume": "199", "number": "6",
        "pages": "445--452", "doi": "10.1000/abc", "issn": "2049-3630",
    }  # fmt: skip
    assert report["author"] == "{World Health Organization}"
    assert "url" not in report
    assert thesis["school"] == "A University"
    assert works.left_out == {"XX": 1, "url": 1}


def test_nbib() -> None:
    (entry,) = read_works(NBIB).entries
    assert values(entry) == {
        "author": "Able, Mary and {The Group}",
        "title": "A framework: systematic review and narrative synthesis",
        "year": "2011", "journal": "The journal of examples", "volume": "199", "number": "6",
        "pages": "445--452", "doi": "10.1000/abc", "pmid": "22130746", "pmcid": "PMC123",
    }  # fmt: skip


def test_csl_json() -> None:
    works = read_works(json.dumps(CSL))
    chapter, page = map(values, works.entries)
    assert chapter == {
        "author": "van Dorn, Jaap", "editor": "{Team and Sons}", "title": "A chapter",
        "booktitle": "The whole", "year": "2013", "pages": "3--9", "urldate": "2024-02",
    }  # fmt: skip
    assert page == {
        "title": "A page", "year": "2020", "month": "May", "organization": "A site",
        "url": "https://example.org/a_b%20c",
    }  # fmt: skip
    assert works.left_out == {"archive": 1}


def test_better_bibtex() -> None:
    works = read_works(BETTER_BIBTEX)
    assert values(works.entries[0]) == {
        "title": "Hope in the {{UK}}", "author": "Able, Mary", "year": "2011",
        "journal": "Journal of Examples", "doi": "10.1000/abc", "pmid": "22130746",
        "language": "ngerman",
    }  # fmt: skip
    assert works.left_out == {"file": 1, "shortjournal": 1}


@pytest.mark.parametrize("program", OWN)
def test_what_a_program_keeps_for_itself_stays_there(program: str) -> None:
    works = read_works(f"@book{{a, title = {{Hope}}, {OWN[program]}}}")
    assert values(works.entries[0]) == {"title": "Hope"}
    assert len(works.left_out) == OWN[program].count(" = ")


def test_an_archive_without_a_number() -> None:
    (entry,) = read_works("@misc{a, title = {Hope}, eprinttype = {pubmed}}").entries
    assert values(entry) == {"title": "Hope", "eprinttype": "pubmed"}


def test_names_without_letters_are_nobody() -> None:
    text = json.dumps([{"title": "Hope", "author": [{"family": " "}, {"name": ""}]}])
    assert values(read_works(text).entries[0]) == {"title": "Hope"}


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[str, str]:
    assert main(["convert", *map(str, words)]) == 0
    out, err = capsys.readouterr()
    return out, err


def test_works_that_have_keys_keep_them_where_they_are_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.bib"
    path.write_text(BETTER_BIBTEX.replace("in the", "\x1b[31m in the"), "utf-8")
    out, err = run(capsys, path)
    assert out.startswith("@article{ableHopeUK2011,\n  title = {Hope \\x1b[31m in the {{UK}}},\n")
    assert err == "left out: file (1)\nleft out: shortjournal (1)\n"
    out, _ = run(capsys, "--to", "csl-json", path)
    assert json.loads(out)[0]["id"] == "ableHopeUK2011"
    out, _ = run(capsys, "--to", "ris", path)
    assert "ID  - ableHopeUK2011\n" in out


def test_a_chapter_goes_on_to_lean_on_its_book(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, into = tmp_path / "a.bib", tmp_path / "references.bib"
    chapter = "@incollection{x, author = {Able, M.}, title = {A part of it}, crossref = {y}}\n"
    book = "@book{y, editor = {Baker, N.}, title = {All of it together}, year = {2001}}\n"
    path.write_text(chapter + book, "utf-8")
    into.write_text("", "utf-8")
    run(capsys, "--into", into, path)
    found = read(into.read_text("utf-8"), "references.bib").entries
    assert [*found] == ["able", "baker2001"]
    assert found["able"].get("crossref") == "baker2001"


def test_the_ends_of_lines_stay_those_of_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, into = tmp_path / "export.ris", tmp_path / "references.bib"
    path.write_text(RIS, "utf-8")
    into.write_bytes(b"@misc{bbb,\r\n  title = {B},\r\n}\r\n")
    run(capsys, "--into", into, path)
    raw = into.read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert [*read(raw.decode(), "").entries] == ["able1999", "able2011", "bbb", "who2021"]
    assert b"}\r\n\r\n@misc{bbb" in raw
    assert b"\r\n\r\n\r\n" not in raw


def test_what_the_paper_offers_is_read_back(tmp_path: Path) -> None:
    """Each work of the paper, through RIS and CSL-JSON, is the same for who cites it."""
    given: dict[str, Work] = {
        str(key): work
        for key, work in parse_string((ROOT / "references.bib").read_text("utf-8"), "bibtex")
        .entries.items()
    }  # fmt: skip
    kept = {"title", "container-title", "author", "editor", "issued", "DOI", "page", "URL", "PMID"}
    for written in (ris.ris(given), csl.csl_json(given)):
        works = read_works(written).entries
        assert len(works) == len(given)
        for (key, work), entry in zip(given.items(), works, strict=True):
            text = bibtex.bibtex({"k": work})
            before = csl.csl_item("k", work)
            path = tmp_path / "one.bib"
            path.write_text(text, "utf-8")
            after = csl.csl_item("k", as_work(entry))
            for item in (before, after):
                for name in item.get("author", []) + item.get("editor", []):
                    name.setdefault("literal", csl.inverted(name))
                item["issued"] = str(item.get("issued", {}).get("date-parts", [[""]])[0][0])
            names = {
                n: [[p["literal"] for p in i.get(n, [])] for i in (before, after)]
                for n in ("author", "editor")
            }
            assert names["author"][0] == names["author"][1], key
            for variable in kept - {"author", "editor"}:
                assert before.get(variable, "") == after.get(variable, ""), (key, variable)


def as_work(entry: Entry) -> Work:
    return parse_string(laid_out(entry).replace("{,", "{k,", 1), "bibtex").entries["k"]


def test_rispy_reads_the_same() -> None:
    """A second opinion on the tags, where no record lacks its end, which it would lose."""
    text = RIS.replace("TY  - THES", "ER  -\nTY  - THES")
    for theirs, ours in zip(rispy.loads(text), read_works(text).entries, strict=True):
        assert theirs["year"] == ours.get("year")
        assert len(theirs["authors"]) == len(ours.get("author").split(" and "))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "this is neither RIS, NBIB, CSL-JSON nor BibTeX. Export it in one of these formats."),
        ("[]", "there is no work in it. Export it again."),
        ("[{", "line 1: this is no JSON. Export it again."),
        ("[" * 100_000, "it is nested too deeply. Export it again."),
        ("[3]", "work 1 is no object. Export it as CSL JSON again."),
        ('[{"author": [{"x": 1}]}]', 'the "author" of work 1 is not as CSL has it. Export it'),
        ('[{"author": 3}]', 'the "author" of work 1 is not as CSL has it. Export it'),
        ("@article{a, title = {b}", "line 1: "),
        ("TYPE\n", "this is neither"),
    ],
)
def test_one_line_for_what_cannot_be_read(
    text: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "export.txt"
    path.write_text(text, "utf-8")
    into = tmp_path / "references.bib"
    into.write_text("% mine\n", "utf-8")
    for options in ([], ["--into", str(into)]):
        assert main(["convert", *options, str(path)]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith(f"{path}: {message}")
        assert err.count("\n") == 1
    assert into.read_text("utf-8") == "% mine\n"


def test_works_are_added_in_their_places(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    into, export = tmp_path / "references.bib", tmp_path / "export.ris"
    before = "% first\n@misc{aaa, title = {A}}\n\n% of zzz\n@misc{zzz, title = {Z}}\n"
    into.write_text(before, "utf-8")
    export.write_text(RIS, "utf-8")
    assert main(["convert", "--into", str(into), str(export)]) == 0
    out, err = capsys.readouterr()
    assert out == "added: able2011\nadded: who2021\nadded: able1999\n"
    assert err == "left out: XX (1)\nleft out: url (1)\n"
    text = into.read_text("utf-8")
    found = read(text, str(into))
    assert [*found.entries] == ["aaa", "able1999", "able2011", "who2021", "zzz"]
    assert text.startswith("% first\n@misc{aaa")
    assert text.endswith("}\n\n% of zzz\n@misc{zzz, title = {Z}}\n")
    assert not [fault for fault in check_entries(found) if fault.rule.name.startswith("BIB_DOI")]
    # Once more: nothing is added twice.
    assert main(["convert", "--into", str(into), str(export)]) == 0
    assert capsys.readouterr().out.count("not added: ") == 3
    assert into.read_text("utf-8") == text


def test_a_faulty_bibliography_is_mended_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    into, export = tmp_path / "references.bib", tmp_path / "export.ris"
    into.write_text("@misc{a, title = {A}\n", "utf-8")
    export.write_text(RIS, "utf-8")
    assert main(["convert", "--into", str(into), str(export)]) == 1
    assert f"Mend this first: sphinx-evidence bib {into}" in capsys.readouterr().err
    assert into.read_text("utf-8") == "@misc{a, title = {A}\n"
