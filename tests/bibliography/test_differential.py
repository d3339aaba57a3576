"""What other programs read of a .bib file is read here, and read alike.

pybtex is the parser that Sphinx uses; bibtexparser is a second opinion. BibTeX and biber take what
pybtex does not: those files are written by hand, from the manuals of BibTeX and biblatex.
"""

import pytest
from bibtexparser.entrypoint import parse_string
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database.input.bibtex import Parser
from pybtex.exceptions import PybtexError

from sphinx_evidence.bibliography import cursor
from sphinx_evidence.bibliography.plain import months, plain
from sphinx_evidence.bibliography.reader import read
from sphinx_evidence.bibliography.rules import check_entries
from sphinx_evidence.rulebook.rule import Rule, Severity
from tests.bibliography.test_properties import PIECES

Content = dict[str, tuple[str, dict[str, str]]]


def ours(text: str) -> Content:
    """What is read here."""
    return {
        key: (entry.type, {name: field.value for name, field in entry.fields.items()})
        for key, entry in read(text, "x.bib").entries.items()
    }


def pybtex(text: str) -> Content:
    """What pybtex reads, with names as they are written; raises PybtexError."""
    entries = Parser(person_fields=()).parse_string(text).entries
    return {
        key: (entry.type.lower(), {name.lower(): value for name, value in entry.fields.items()})
        for key, entry in entries.items()
    }


def syntax(text: str) -> list[str]:
    """What would be told of how the file is written."""
    faults = {Rule.BIB_SYNTAX, Rule.BIB_STRAY, Rule.BIB_KEY_TWICE, Rule.BIB_FIELD_TWICE}
    return [str(found) for found in read(text, "x.bib").findings if found.rule in faults]


SPACE = st.sampled_from(["", " ", "\n", "\t", "\r\n  "])
MONTHS = st.sampled_from(["jan", "Feb", "MAR", "aPr", "may", "JUN", "Dec"])
WORD = st.sampled_from([
    "Über", "{The} title", "a, b", "x = y", "{\\'E}t{\\'e}", "100\\%", 'M{\\"u}ller', "{a {b} c}",
    "1--9", "#", "(1)", "Li, W. and Ö, A.", "me@home.org", "%", "{", "2004-06/2006-08",
])  # fmt: skip


def braces(text: str) -> str:
    return text if text.count("{") == text.count("}") else ""


TEXT = st.lists(WORD, max_size=3).map(" ".join).map(braces)
PART = st.one_of(
    TEXT.map("{{{}}}".format),
    TEXT.map(lambda text: '"' + text.replace('\\"', '{"}') + '"'),
    st.integers(0, 2100).map(str),
    MONTHS,
)
NAME = st.sampled_from(["author", "Title", "YEAR", "date", "journaltitle", "x-y:z", "url+a", "eid"])
KEY = st.sampled_from([
    "a2001", "DBLP:conf/a/B01", "doi:10.1000/182", "it's", "o'n\"b", "ключ", "a.b+c*d", "1987", "_",
])  # fmt: skip
TYPE = st.sampled_from(["article", "BOOK", "Online", "xdata", "report", "set"])


@st.composite
def entries(draw: st.DrawFn) -> str:
    """An entry with any of the forms that the manuals allow."""

    def space() -> str:
        return draw(SPACE)

    opened, closed = draw(st.sampled_from([("{", "}"), ("(", ")")]))
    names = draw(st.lists(NAME, max_size=4, unique=True))
    fields = []
    for name in names:
        parts = draw(st.lists(PART, min_size=1, max_size=3))
        joined = f"{space()}#{space()}".join(parts)
        fields.append(f"{space()}{name}{space()}={space()}{joined}{space()}")
    key = draw(KEY) + (" " if opened == "(" else "")  # else ) would be a letter of the key
    end = draw(st.sampled_from(["", ",", ",,"]))
    inside = ",".join([f"{space()}{key}{space()}", *fields])
    return f"@{space()}{draw(TYPE)}{space()}{opened}{inside}{end}{space()}{closed}"


OTHERS = st.sampled_from([
    "@string{jac = {J. A. C.}}", '@STRING(Jac = "J" # { A})', "@String { x-y = 12 # jan }",
    '@preamble{ "\\newcommand{\\x}" # jan }', "@PREAMBLE({x})", "@comment{nothing}", "@Comment(a)",
    "This file was written by hand.", "Encoding: UTF8", "", "% a remark",
])  # fmt: skip
FILES = st.lists(st.one_of(entries(), OTHERS), max_size=5).map("\n".join)


@given(FILES)
def test_what_pybtex_reads_is_read_alike(text: str) -> None:
    if any("used twice" in told for told in syntax(text)):
        with pytest.raises(PybtexError, match="repeated"):  # all else is as the manuals have it
            pybtex(text)
    else:
        assert ours(text) == pybtex(text)
        assert syntax(text) == []


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_what_is_nearly_right_is_no_fault_where_pybtex_reads_it(text: str) -> None:
    try:
        theirs = pybtex(text)
    except PybtexError:
        return
    if "%" not in text and "@comment" not in text:  # in which pybtex reads entries
        assert ours(text) == theirs
        assert not any("outside" not in told and "too many" not in told for told in syntax(text))


@settings(max_examples=300)
@given(st.one_of(FILES, st.lists(PIECES, max_size=40).map("".join)))
def test_what_is_read_quickly_is_read_alike(text: str) -> None:
    quickly = read(text, "x.bib")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cursor, "plain", lambda *_: None)
        assert read(text, "x.bib") == quickly


@pytest.mark.parametrize("value", ["{a {b {c} d} e}", '" a {"} {b}"', "{ }", "12", "Feb", "{}"])
def test_plain_entries_are_read_quickly(value: str) -> None:
    text = f"@Misc{{a,\n  note = {value} ,title={{x}}}}"
    found = plain(text, 0, months())
    assert found is not None
    assert found.end == len(text)
    assert ours(text) == pybtex(text)


@settings(max_examples=50)
@given(FILES)
def test_a_second_opinion(text: str) -> None:
    library = parse_string(text)
    if not library.failed_blocks:
        assert {one.key.strip() for one in library.entries} <= ours(text).keys()


# What pybtex stops at, or reads otherwise, and BibTeX or biber takes.
ALSO = {
    "remarks behind %": (
        (
            "% me@home.org\n% @misc{no, title = {x}}\n@misc{a, % key\n  title = {100\\% A}, % one\n"
            "% year = {2001},\n  note = {b},\n}"
        ),
        {"a": ("misc", {"title": "100\\% A", "note": "b"})},
    ),
    "a comment without braces": ("@comment it is\n@misc{a}", {"a": ("misc", {})}),
    "a comment without an end": ("@comment{ {x }\n@misc{a}", {"a": ("misc", {})}),
    "a comment with an address": ("@comment{x: {me@home.org;}}\n@misc{a}", {"a": ("misc", {})}),
    "an entry in a comment": ("@comment{@misc{no, title = {x}}}\n@misc{a}", {"a": ("misc", {})}),
    "several abbreviations": (
        "@string{x = {X}, y = x # 1,}\n@misc{a, title = X # Y}",
        {"a": ("misc", {"title": "XX1"})},
    ),
    "names in other alphabets": ("@misc{a, größe = {1}}", {"a": ("misc", {"größe": "1"})}),
}


@pytest.mark.parametrize("name", ALSO)
def test_what_bibtex_or_biber_reads_is_no_fault(name: str) -> None:
    text, content = ALSO[name]
    assert ours(text) == content
    assert read(text, "x.bib").findings == []


# Values of every form that the manuals of BibTeX and biblatex show: no rule finds an error in them.
FORMS = """\
@string{jex = "Journal of Examples"}
@preamble{"\\newcommand{\\noopsort}[1]{}"}
@ARTICLE(month-any, AUTHOR = "Li, Wen", title = "A {"}quoted{"} word", journal = JEX, Year = 2001,
  MONTH = Jun, volume = 1, pages = "1--9")
@article{month:de/at, author = {Li, Wei}, title = {Zwei}, journal = jex, year = 2002,
  month = {M\u00e4rz}, volume = 1, pages = {1--9}}
@article{month-fr, author = {Li, Wan}, title = {Drei}, journal = jex # " B", year = 2003,
  month = {janvier}, volume = 1, pages = {1--9}}
@article{month-day, author = {Li, Win}, title = {Vier}, journal = jex, month = "8~" # aug,
  year = 1973, volume = 1, pages = {1--9}}
@article{short, author = {Li, Wai}, title = {Kurz}, journal = jex, year = 2004, doi = {10/cn2h9c}}
@xdata{pub, publisher = {Example Press}, location = {Leeds}}
@book{child, author = {Li, Wu}, title = {Five}, date = {2004}, xdata = {pub}}
@book{bare, xdata = {pub}, author = {Li, Wa}, title = {Six}, date = {1984?}}
@set{both, entryset = {child, bare}}
@proceedings{parent, editor = {Li, We}, title = {Seven}, year = 1999, publisher = {Example Press}}
@inproceedings{talk, author = {Li, Wo}, title = {Eight}, crossref = {parent}, pages = {1--2}}
@inbook{part, author = {Li, Wy}, crossref = {parent}, pages = {3--4}}
""" + "".join(
    f"@report{{date{n}, author = {{Li, W{letter}}}, title = {{About the number {letter}}}, "
    f"institution = {{Example}}, date = {{{date}}}}}\n"
    for n, (letter, date) in enumerate(zip("abcdefghijklmno", [
        "1850", "1997/", "1997/..", "../1997", "1967-02", "2009-01-31", "1988/1992",
        "2002-01/2002-02", "1995-03-30/1995-04-05", "2004-04-05T14:34:00Z", "1723~", "1723%",
        "2004-22", "19XX", "-0876",
    ], strict=True))
)  # fmt: skip


def test_no_form_of_the_manuals_is_an_error() -> None:
    bibliography = read(FORMS, "x.bib")
    assert bibliography.findings == []
    assert bibliography.entries["month-day"].get("month") == "8~August"
    errors = [
        str(found) for found in check_entries(bibliography)
        if found.rule.severity is Severity.ERROR
    ]  # fmt: skip
    assert errors == []
