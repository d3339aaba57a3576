"""Rules on entries: what is told, where, and what is not told."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest
from pybtex.style.formatting import unsrt

from sphinx_evidence.bibliography import dates, rules
from sphinx_evidence.bibliography.entry_types import check_types
from sphinx_evidence.bibliography.reader import read, read_files
from sphinx_evidence.cli import main
from sphinx_evidence.diagnostics.finding import Finding

# An article to which nothing is lacking; each case puts one line into it.
ENTRY = """\
@article{{sample,
  author = {{{author}}},
  title = {{{title}}},
  journal = {{{journal}}},
  year = {{2001}},
  volume = {{{volume}}},
  pages = {{{pages}}},
{more}}}
"""
SOUND = {
    "author": "Surname, Given and {van Name}, A. and {An Organisation}",
    "title": "A sample of words",
    "journal": "The Journal",
    "volume": "3",
    "pages": "3--9",
    "more": "",
}
LINES = {"author": 2, "title": 3, "journal": 4, "volume": 6, "pages": 7}

# Field, value, rule, the words that the finding points at, part of the message.
CASES = [
    ("pages", "S357--S36", "bib-pages", "S357--S36", "Put the smaller number first"),
    ("pages", "S357--S62", "bib-pages-short", "S357--S62", "Write pages = {S357--S362},"),
    ("edition", "2nd edition", "bib-number", "edition", "edition = {2nd},"),
    ("title", "A sample\u200b of words", "bib-letters", "\u200b", "cannot be seen (U+200B)"),
    ("author", "M\\foo{u}ller, A.", "bib-author", "\\", "Type the letter itself"),
    ("author", "A, B., C, D.", "bib-author", "A, B., C, D.", "Join people with and"),
    ("author", "Sample, Jo & Other, B.", "bib-author", "&", "Join people with and"),
    ("author", "Sample, Jo; Other, B.", "bib-author", ";", "Join people with and"),
    ("author", "Sample, Jo and and Other, B.", "bib-author", "and and", 'an "and" too many'),
    ("author", "Sample, Jo and", "bib-author", "and", 'an "and" too many'),
    ("author", "and Sample, Jo", "bib-author", "and", 'an "and" too many'),
    ("author", "Sample, Jo and others and A, B.", "bib-author", "others", "at the end of the"),
    (
        "author",
        "J. Sample, P. Other",
        "bib-author",
        "J. Sample, P. Other",
        "J. Sample and P. Other",
    ),
    ("author", "Sample J, Other P", "bib-author", "Sample J, Other P", "Sample J and Other P"),
    ("author", "Li, W. and S, E., Jr.", "bib-author", "S, E., Jr.", "Write S, Jr., E."),
    ("author", "Sample, Jo, and Other, B.", "bib-author", "Sample, Jo,", "a comma stands before"),
    ("author", "Li, W. and S, Jo (Ed.)", "bib-people", "S, Jo (Ed.)", '"(Ed.)" is no part of a'),
    ("author", "Sample, Jo et al.", "bib-people", "Sample, Jo et al.", "and others"),
    ("author", "J. P., Sample", "bib-people", "J. P., Sample", "Write Sample, J. P."),
    ("author", "Sample J. P.", "bib-people", "Sample J. P.", "Write Sample, J. P."),
    ("author", "SAMPLE, JO", "bib-people", "SAMPLE, JO", "all in capitals"),
    ("author", "A, B. and Jennifer, S.", "bib-given-name", "Jennifer, S.", "write S., Jennifer"),
    ("author", "John, Smith", "bib-given-name", "John, Smith", "write Smith, John"),
    (
        "author",
        "World Health Organization",
        "bib-organisation",
        "World Health Organization",
        "{{World",
    ),
    (
        "author",
        "National Institute for Health and Care Excellence",
        "bib-organisation",
        "National Institute for Health",
        "author = {{National Institute for Health and Care Excellence}},",
    ),
    ("author", "Li, W. and {others}", "bib-author", "{others}", "without braces"),
    ("author", "Li, W. {and others}", "bib-author", "{and others}", "without braces"),
    ("author", "{Li, W. and others}", "bib-author", "{Li, W. and others}", "would be shown as a"),
    ("author", "Li, W. and {et al.}", "bib-author", "{et al.}", ": and others"),
    ("author", "{Slade et al.}", "", "", ""),  # as it stands
    ("author", "{Shelter and Others Trust}", "", "", ""),
    ("author", "Li, Wei and Li, Wei", "bib-person-twice", "Li, Wei and Li, Wei", "twice"),
    ("title", "A 50% cut", "bib-field", "%", "Write \\% for each %."),
    ("title", "One work.", "bib-title-stop", "One work.", "Delete it"),
    ("title", "WORDS IN CAPITALS ONLY", "bib-title-capitals", "WORDS IN CAPITALS ONLY", "capitals"),
    ("title", "A cafÃ© in town", "bib-letters", "Ã©", "Type é for it."),
    ("title", "It â€™s", "bib-letters", "â€™", "Type ’ for it."),
    ("title", "A caf\ufffd", "bib-letters", "\ufffd", "Type the letter that the work has."),
    ("title", "A\x00b", "bib-letters", "\x00", "(U+0000)"),
    ("title", "A \u202eb", "bib-letters", "\u202e", "(U+202E)"),
    ("title", "One <i>word</i>", "bib-html", "<i>", "which is HTML"),
    ("title", "Salt &amp; more", "bib-html", "&amp;", "Type \\& for it."),
    ("title", "One \\textit{word}", "bib-latex", "\\textit", "which is LaTeX"),
    ("pages", "303-14", "bib-pages-short", "303-14", "{303--314}"),
    ("title", "A \\zork of words", "bib-latex", "\\zork", "which readers would see"),
    ("title", "Costs of $5 and more", "bib-latex", "$", "one $ without another"),
    ("title", "Costs of \\$5 and more", "", "", ""),
    ("author", "Laura, Julia", "", "", ""),  # two given names
    ("author", "Smith, Roberts", "", "", ""),  # two surnames
    ("date", "1998-03", "bib-year", "1998-03", "but its year is 2001"),
    ("date", "2000/2002", "", "", ""),
    ("pages", "101--", "bib-pages", "101--", "have no end"),
    ("pages", "S3–", "bib-pages", "S3–", "pages = {S3},"),
    ("pages", "314--303", "bib-pages", "314--303", "end before they begin"),
    ("pages", "pp. 3--4", "bib-number", "pp.", "pages = {3--4},"),
    ("volume", "vol. 3", "bib-number", "vol.", "volume = {3},"),
    ("number", "no. 3", "bib-number", "no.", "number = {3},"),
    ("titel", "X", "bib-field", "X", 'no reader sees the field "titel". Did you mean "title"?'),
    ("authors", "X", "bib-field", "X", 'Did you mean "author"?'),
    ("jurnal", "X", "bib-field", "X", 'Did you mean "journal"?'),
    ("ttitle", "X", "bib-field", "X", 'Did you mean "title"?'),
    ("organisation", "X", "bib-field", "X", 'Did you mean "organization"?'),
    ("publilsher", "X", "bib-field", "X", 'Did you mean "publisher"?'),
    ("note", "{\\it X}", "bib-field", "\\", "shown with its backslash"),
    ("doi", "", "bib-empty", "", "Fill in what is known"),
    ("doi", "https://doi.org/10.1234/x", "bib-doi", "https://doi.org/10.1234/x", "{10.1234/x},"),
    ("doi", "10.1126%2Fx.1", "bib-doi", "10.1126%2Fx.1", "{10.1126/x.1},"),
    ("doi", "11.1234/x", "bib-doi", "11.1234/x", "is no DOI"),
    ("url", "javascript:alert(1)", "bib-url", "javascript:alert(1)", "is no web address"),
    ("url", "https://doi.org/10.1/x", "", "", ""),  # no DOI has such a number
    ("url", "https://doi.org/10.1234/x", "bib-doi-url", "https://doi.org/10.1234/x", "{10.1234/x}"),
    ("isbn", "978-0-306-40615-8", "bib-isbn", "978-0-306-40615-8", "last digit does not fit"),
    ("isbn", "0201633612 (acid-free)", "bib-isbn", "0201633612 (acid-free)", "{0201633612},"),
    ("isbn", "978-3-319-95125-6 978-3-319-95126-3", "", "", ""),
    ("isbn", "2046-1402", "bib-isbn", "2046-1402", "is an ISSN, no ISBN"),
    ("isbn", "12", "bib-isbn", "12", "An ISBN has 10 or 13 digits."),
    ("issn", "1234-5678", "bib-issn", "1234-5678", "last digit does not fit"),
    ("issn", "2046-1402 (Print); 2046-1402", "bib-issn", "2046-1402 (Print); 2046-1402", "alone"),
    ("pmid", "PMC12345", "bib-pmid", "PMC12345", "the number alone"),
    ("pmcid", "12345", "bib-pmcid", "12345", "with its letters"),
    ("month", "13", "bib-month", "13", "is no month"),
    ("date", "2001-02-31", "bib-year", "2001-02-31", "there is no day"),
    ("urldate", "12 March 2012", "bib-urldate-form", "12 March 2012", "{2012-03-12},"),
    ("urldate", "March 12th, 2012", "bib-urldate-form", "March 12th, 2012", "{2012-03-12},"),
    ("urldate", "3/4/2012", "bib-urldate-form", "3/4/2012", "in several ways"),
    ("urldate", "2012-02-31", "bib-urldate", "2012-02-31", "there is no day"),
    ("urldate", "2000-01-01", "bib-urldate", "2000-01-01", "before it appeared in 2001"),
    ("crossref", "nosuch", "bib-crossref", "nosuch", 'there is no entry "nosuch"'),
    ("crossref", "sample", "bib-crossref", "sample", "from here again"),
]


def told(path: Path, text: str) -> list[Finding]:
    path.write_text(text, "utf-8", newline="")
    bibliography = read_files([path])
    found = [*bibliography.findings, *rules.check_entries(bibliography)]
    return [finding for finding in found if finding.rule != "bib-title-case"]


@pytest.mark.parametrize(("field", "value", "rule", "words", "said"), CASES)
def test_fault_is_told_once_at_its_place(  # noqa: PLR0913, PLR0917  # the columns of the table
    field: str, value: str, rule: str, words: str, said: str, tmp_path: Path
) -> None:
    entry = SOUND | ({field: value} if field in SOUND else {"more": f"  {field} = {{{value}}},\n"})
    findings = told(tmp_path / "x.bib", ENTRY.format(**entry))
    assert [finding.rule for finding in findings] == ([rule] if rule else [])
    for finding in findings:
        line = LINES.get(field, 8)
        column = len(f"  {field} = {{") + value.index(words) + 1
        assert (finding.line, finding.column, finding.words) == (line, column, words)
        assert said in str(finding)


def test_type_and_missing_title_are_told_at_the_key(tmp_path: Path) -> None:
    findings = told(tmp_path / "x.bib", "@artcle{\n a,\n author = {B, C.},\n}\n")
    assert [(f.place.rsplit("/", 1)[1], f.rule) for f in findings] == [
        ("x.bib:2:2", "bib-title"),
        ("x.bib:2:2", "bib-type"),
    ]
    assert "Did you mean @article?" in str(findings[1])


def test_cycle_of_three_is_told_for_each_and_not_for_what_leads_to_it(tmp_path: Path) -> None:
    links = {"a": "b", "b": "c", "c": "a", "d": "a", "e": "f", "f": ""}
    text = "".join(
        f"@misc{{{key},\n title = {{{key}}},\n crossref = {{{to}}},\n}}\n"
        for key, to in links.items()
    )
    keys = [
        str(f).split('"')[1] for f in told(tmp_path / "x.bib", text) if f.rule == "bib-crossref"
    ]
    assert keys == ["a", "b", "c", "d"]  # d never gets its details, either


def _journals(names: Sequence[str]) -> str:
    return "".join(
        f"@misc{{k{i},\n title = {{{i}}},\n journal = {{{name}}},\n}}\n"
        for i, name in enumerate(names)
    )


def test_journals(tmp_path: Path) -> None:
    def journals(*names: str) -> list[str]:
        found = told(tmp_path / "x.bib", _journals(names))
        return [f"{f.words} > {str(f).split('= {')[1].split('}')[0]}" for f in found]

    # Most entries do not know how the journal is spelt.
    names = ("nature geoscience", "nature geoscience", "Nature Geoscience")
    (fault,) = told(tmp_path / "x.bib", _journals(names))
    assert "as the journal does: nature geoscience, or Nature Geoscience." in str(fault)
    assert journals("J of Psychology. General", "J of Psychology: General") == [
        "J of Psychology. General > J of Psychology: General"
    ]
    assert journals("Br. J. Psychiatry", "British Journal of Psychiatry") == [
        "Br. J. Psychiatry > British Journal of Psychiatry"
    ]
    assert journals("British Journal of Psychology", "British Journal of Psychiatry") == []
    assert journals("{IEEE} Spectrum", "IEEE Spectrum", "Arts \\& Minds", "Arts & Minds") == []
    assert journals("Social Science", "Social Sciences", "Brain", "Brain Sciences") == []


def test_one_book_with_both_its_numbers_is_told(tmp_path: Path) -> None:
    entry = (
        "@book{%s,\n author = {%s, B.},\n title = {%s},\n year = {2001},\n"
        " publisher = {P},\n isbn = {%s},\n}\n"
    )
    text = entry % ("a", "A", "One", "0306406152") + entry % ("b", "C", "Two", "978-0-306-40615-7")
    assert [finding.rule for finding in told(tmp_path / "x.bib", text)] == ["bib-work-twice"]


def rules_told(text: str) -> list[str]:
    return sorted({found.rule for found in rules.check_entries(read(text, "references.bib"))})


@pytest.mark.parametrize("people", ["Sen, Amartya", "Amartya Sen", "Sen, A. and Drèze, Jean"])
def test_short_title_of_one_author_and_year_is_told(people: str) -> None:
    book = "@book{{{0}, author={{{1}}}, title={{Hunger and public action}}, year={{1989}}}}\n"
    assert "bib-work-twice" in rules_told(book.format("a", "Sen, A.") + book.format("b", people))
    assert "bib-work-twice" not in rules_told(
        book.format("a", "Sen, A.") + book.format("b", "Senn, A.")
    )


TWICE = """
@article{one, author={Müller, Ann and Sample, Bob}, title={Counting clouds from a window},
  journal={Weather}, year={2001}, volume={3}, pages={3--9}, doi={10.1234/one}}
"""
SECOND = "@%s{two, author={%s}, title={%s}, year={2001}%s}\n"
PEOPLE, TITLE = "Müller, Ann and Sample, Bob", "Counting clouds from a window"


@pytest.mark.parametrize(
    ("kind", "people", "title", "more"),
    [
        ("article", "Mueller, A. and Sample, B.", TITLE, ""),
        ("article", "Sample, Bob and Müller, Ann", TITLE, ""),
        ("article", "Müler, Ann", TITLE, ", journal={Weather}"),
        ("article", "Ann Müller and others", "Counting Clouds from a Window.", ""),
        ("article", PEOPLE, f"{TITLE}: a study", ", volume={3}"),
        ("misc", PEOPLE, TITLE, ", howpublished={On paper}"),
        ("inproceedings", PEOPLE, TITLE, ""),
        ("misc", "Other, C.", "Another title", ", url={https://doi.org/10.1234/ONE}"),
        ("article", PEOPLE, TITLE, ", date={2001-05-03}, pages={3-9}"),
    ],
)
def test_one_work_under_two_keys_is_told(kind: str, people: str, title: str, more: str) -> None:
    text = TWICE + SECOND % (kind, people, title, more)
    found = [f for f in rules.check_entries(read(text, "x.bib")) if f.rule == "bib-work-twice"]
    assert [finding.line for finding in found] == [4]
    assert '"two": it has the same' in str(found[0])
    assert 'as "one" at x.bib:2' in str(found[0])


@pytest.mark.parametrize(
    ("kind", "people", "title", "more"),
    [
        ("misc", PEOPLE, TITLE, ", eprint={0101.00001}, archiveprefix={arXiv}"),
        ("article", PEOPLE, TITLE, ", journal={arXiv preprint arXiv:0101.00001}"),
        ("misc", PEOPLE, TITLE, ", publisher={medRxiv}, doi={10.1101/2001.01.01}"),
        ("incollection", PEOPLE, TITLE, ", booktitle={All about the weather}"),
        ("phdthesis", PEOPLE, TITLE, ", school={University of Examples}"),
        ("article", PEOPLE, TITLE, ", journal={Weather}, volume={4}"),
        ("article", PEOPLE, TITLE, ", doi={10.1234/two}"),
        ("article", PEOPLE, TITLE, ", pages={10--12}"),
        ("article", "Other, Carl", TITLE, ""),
        ("article", "Sample, Bob", f"{TITLE}: a study", ""),
    ],
)
def test_neighbours_of_a_work_are_not_told(kind: str, people: str, title: str, more: str) -> None:
    assert "bib-work-twice" not in rules_told(TWICE + SECOND % (kind, people, title, more))


def test_subtitles_short_titles_and_parts_tell_works_apart() -> None:
    entry = "@article{%s, author={Sample, A.}, title={%s}, year={2001}, pages={%s}}\n"
    for first, second in (
        (("Counting clouds at noon: one", ""), ("Counting clouds at noon: two", "")),
        (("Editorial", "3"), ("Editorial", "9")),
    ):
        text = entry % ("a", *first) + entry % ("b", *second)
        assert "bib-work-twice" not in rules_told(text)
    text = entry % ("a", "Editorial", "3") + entry % ("b", "Editorial", "3--4")
    assert "bib-work-twice" in rules_told(text)
    book = "@book{%s, author={Sample, A.}, title={Counting the clouds}, year={2001}%s}\n"
    text = book % ("a", "") + book % ("b", ", volume={2}")
    assert "bib-work-twice" not in rules_told(text)


@pytest.mark.parametrize(
    ("kind", "offer"),
    [
        ("jurnal", "Did you mean @article?"),
        ("artcle", "Did you mean @article?"),
        ("website", "Did you mean @online?"),
        ("dissertation", "Did you mean @phdthesis?"),
        ("thing", "Write @misc, or another type."),
    ],
)
def test_unknown_type_is_told(kind: str, offer: str) -> None:
    found = list(rules.visible_faults(read(f"@{kind}{{a, title={{One}}}}\n", "x.bib")))
    assert [finding.place for finding in found] == [f"x.bib:1:{len(kind) + 3}"]
    assert str(found[0]) == f'The entry "a": there is no type "@{kind}". {offer}'


def test_types_of_pybtex_are_known() -> None:
    forms = {name.split("_")[1] for name in dir(unsrt.Style) if name.endswith("_template")}
    assert "techreport" in forms
    for kind in forms:
        assert list(check_types(read(f"@{kind}{{a, title={{One}}}}\n", "x.bib"))) == []


def test_what_another_entry_or_archive_gives_is_not_missed() -> None:
    text = """
@book{a, author = {Sample, A.}, title = {One}, year = {2001}, xdata = {common}}
@inproceedings{b, author = {Sample, B.}, title = {Two}, booktitle = {Acts}, year = {2001},
  eprint = {1409.0473}}
@article{c, author = {Sample, C.}, title = {Three}, journal = {Mind}, year = {in press}}
@xdata{common, publisher = {Example Press}}
"""
    assert rules_told(text) == []


def test_future_dates() -> None:
    text = "@misc{a,\n year = {2003},\n urldate = {2003-01-05},\n}\n"
    today = dt.date(2003, 1, 4)
    assert list(dates.check_dates(read(text, "x.bib"), today)) == []
    (fault,) = dates.check_dates(read(text, "x.bib"), today - dt.timedelta(days=1))
    assert "has not come yet" in fault.wrong
    assert {f.rule for f in dates.check_dates(read(text, "x.bib"), dt.date(2001, 1, 1))} == {
        "bib-year",
        "bib-urldate",
    }


def test_unusual_and_legal_entries_are_not_told() -> None:
    path = Path(__file__).with_name("sound.bib")
    findings = [*told_of(path)]
    assert findings == []


def told_of(path: Path) -> list[str]:
    bibliography = read_files([path])
    assert len(bibliography.entries) == 21
    found = [*bibliography.findings, *rules.check_entries(bibliography)]
    return [f"{f.place} {f}" for f in found if f.rule.severity != "off"]


def test_edit_mends_the_field_that_is_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "x.bib"
    # The same words stand before, on the same line, and the byte order mark counts as nothing.
    text = "\ufeff@misc{a, title = {On 303-14},\r\n note = {303-14}, pages = {303-14, 402-3}}\r\n"
    path.write_text(text, "utf-8", newline="")
    main(["bib", "--fix", "--rule=bib-pages-short=warning", "x.bib"])
    mended = text.replace("pages = {303-14, 402-3}", "pages = {303--314, 402--403}")
    assert path.read_bytes().decode("utf-8") == mended
    assert "1 file changed." in capsys.readouterr().out


def test_rule_is_switched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.bib"
    path.write_text("@misc{a,\n  title = {On nothing at all in England.},\n}\n", "utf-8")
    assert main(["bib", str(path)]) == 0
    assert main(["bib", "--rule", "bib-title-stop=error", str(path)]) == 1
    assert "bib-title-case" not in capsys.readouterr().out
    main(["bib", "--rule", "bib-title-case=warning", "--rule", "bib-title-stop=off", str(path)])
    out = capsys.readouterr().out
    assert 'has "England" without braces' in out
    assert "bib-title-stop" not in out
    with pytest.raises(SystemExit):
        main(["bib", "--rule", "bib-title-case", str(path)])
    assert '"" is no severity. Write one of: error, warning, off.' in capsys.readouterr().err
