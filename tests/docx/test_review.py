"""The way back: what reviewers leave in a copy in Word is told at the lines of the pages."""

import os
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from sphinx_evidence import rulebook
from sphinx_evidence.cli import main
from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.word.archive import open_word
from sphinx_evidence.word.review import review
from tests.docx.documents import make
from tests.word.making import archive, paragraph
from tests.word.making import docx as other_docx

PAGES = {
    "one.md": """\
# One

Clouds are counted by hand.
They have been counted for a {ref}`long time <below>`.

(below)=
## Below

- White clouds
- Grey clouds,
  which are *heavier*

| Name | Count |
| --- | --- |
| Cumulus | forty |

Text with a note[^n].

[^n]: Seen from the ground only.
""",
    "two.md": "# Two\n\nRain falls down.\n\nSnow falls slowly.\n\nHail is hard.\n",
}
Edit = Callable[[str], str]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with pages, and the copy of them."""
    folder = tmp_path_factory.mktemp("review")
    before = Path.cwd()
    os.chdir(folder)
    make(folder, PAGES, author="Ada of the clouds")
    os.chdir(before)
    return folder


@pytest.fixture
def place(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that folder, in which this test may do what it likes."""
    shutil.copytree(built / "docs", tmp_path / "docs")
    shutil.copy(built / "out" / "document.docx", tmp_path / "paper.docx")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def edited(path: Path, *edits: tuple[str, str], part: str = "word/document.xml") -> None:
    """Replace what stands once in a part."""
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    text = parts[part].decode()
    for old, new in edits:
        assert text.count(old) == 1, (text.count(old), old)
        text = text.replace(old, new)
    path.write_bytes(archive(parts | {part: text.encode()}))


def text(words: str, kind: str = "t") -> str:
    return f'<w:r><w:{kind} xml:space="preserve">{words}</w:{kind}></w:r>'


def put(words: str, who: str = "Alpha Beta") -> str:
    return f'<w:ins w:id="9001" w:author="{who}">{text(words)}</w:ins>'


def taken(words: str, who: str = "Alpha Beta") -> str:
    return f'<w:del w:id="9002" w:author="{who}">{text(words, "delText")}</w:del>'


def told(folder: Path) -> list[str]:
    """Place, rule and message of each finding."""
    findings, _ = review(open_word(folder / "paper.docx"), folder)
    return [f"{one.place}: {one.rule}: {one}" for one in sorted(findings)]


def test_a_copy_that_nobody_has_touched_says_nothing(place: Path) -> None:
    assert told(place) == []


HAND = text("Clouds are counted by hand.")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            HAND,
            text("Clouds are counted by ") + taken("hand") + put("eye") + text("."),
            (
                "docs/one.md:3:23: review-change: Alpha Beta: “eye” for “hand”. "
                "If you agree, type “eye” in place of “hand”."
            ),
        ),
        (
            HAND,
            text("Clouds are ") + put("always ") + text("counted by hand."),
            (
                "docs/one.md:3:11: review-change: Alpha Beta: “always” is new. "
                "If you agree, type “always” behind “Clouds are”."
            ),
        ),
        (
            HAND,
            text("Clouds are counted") + taken(" by hand") + text("."),
            (
                "docs/one.md:3:20: review-change: Alpha Beta: “by hand” is taken away. "
                "If you agree, delete “by hand”."
            ),
        ),
        (
            text("White clouds"),
            text("White ") + put("", "A") + put("or pink ") + text("clouds"),
            (
                "docs/one.md:9:8: review-change: Alpha Beta: “or pink” is new. "
                "If you agree, type “or pink” behind “White”."
            ),
        ),
        (
            text("forty"),
            taken("forty") + put("fifty"),
            (
                "docs/one.md:15:13: review-change: Alpha Beta: “fifty” for “forty”. "
                "If you agree, type “fifty” in place of “forty”."
            ),
        ),
        (
            HAND,
            text("Clouds are tallied by hand."),
            (
                "docs/one.md:3:12: review-untracked: Changed without being tracked: “tallied” for "
                "“counted”. If you agree, type “tallied” in place of “counted”."
            ),
        ),
        (
            text("which are "),
            text("which seem "),
            (
                "docs/one.md:11:9: review-untracked: Changed without being tracked: “seem” for "
                "“are”. "
                "If you agree, type “seem” in place of “are”."
            ),
        ),
    ],
)
def test_a_change_is_told_at_its_words(place: Path, old: str, new: str, message: str) -> None:
    edited(place / "paper.docx", (old, new))
    assert told(place) == [message]


def test_a_change_in_a_note(place: Path) -> None:
    note = text("Seen from the ground only.")
    new = text("Seen from the ") + taken("ground") + put("sea") + text(" only.")
    edited(place / "paper.docx", (note, new), part="word/footnotes.xml")
    assert told(place) == [
        (
            "docs/one.md:19:21: review-change: Alpha Beta: “sea” for “ground”. "
            "If you agree, type “sea” in place of “ground”."
        )
    ]


def test_words_that_were_moved(place: Path) -> None:
    rain, hail = text("Rain falls down."), text("Hail is hard.")
    gone = f'<w:moveFrom w:id="1" w:author="A">{rain}</w:moveFrom>'
    came = f'<w:moveTo w:id="2" w:author="A">{rain}</w:moveTo>'
    edited(place / "paper.docx", (rain, gone), (hail, hail + came))
    assert [one.partition(": If")[0].partition(" If")[0] for one in told(place)] == [
        "docs/two.md:3:1: review-change: A: “Rain falls down.” is taken away.",
        "docs/two.md:7:13: review-change: A: “Rain falls down.” is new.",
    ]


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("ins", "A: “¶” is new. If you agree, type “¶” behind “Clouds are counted by”."),
        ("del", "A: “¶” is taken away. If you agree, delete “¶”."),
    ],
)
def test_the_end_of_a_paragraph(place: Path, kind: str, message: str) -> None:
    mark = f'<w:pPr><w:rPr><w:{kind} w:id="1" w:author="A"/></w:rPr></w:pPr>'
    halves = f"{text('Clouds are counted by ')}</w:p><w:p>{text('hand.')}"
    edited(place / "paper.docx", (HAND, halves))
    before, clouds, _ = split_at(place / "paper.docx", "Clouds are")
    del before
    edited(place / "paper.docx", (clouds, f"<w:p>{mark}" + clouds.partition("</w:pPr>")[2]))
    (found,) = told(place)
    assert found.endswith(f"review-change: {message}")


def test_what_one_has_put_in_and_another_taken_away_is_nothing(place: Path) -> None:
    both = f'<w:ins w:id="1" w:author="A">{taken("high ", "B")}</w:ins>'
    edited(place / "paper.docx", (HAND, both + HAND))
    assert told(place) == []


def commented(path: Path, words: str, *remarks: tuple[str, str, str]) -> None:
    """Comment on the run of some words."""
    document = docx.Document(str(path))
    runs = [one for each in document.paragraphs for one in each.runs if one.text.strip() == words]
    for remark, author, initials in remarks:
        document.add_comment(runs[0], remark, author, initials)
    document.save(str(path))


def test_a_comment_is_told_with_who_and_on_what(place: Path) -> None:
    commented(place / "paper.docx", "heavier", ("Than what?", "Alpha Beta", "AB"))
    assert told(place) == [
        (
            "docs/one.md:11:14: review-comment: AB on “heavier”: “Than what?” "
            "Change the page, or answer the comment."
        )
    ]


def test_changes_have_the_initials_of_comments(place: Path) -> None:
    commented(place / "paper.docx", "heavier", ("Hm", "Alpha Beta", "AB"), ("Yes", "Gamma", "G"))
    edited(place / "paper.docx", (text("Rain falls down."), taken("Rain falls down.")))
    assert [one.partition(": ")[2] for one in told(place)] == [
        "review-comment: AB on “heavier”: “Hm” Change the page, or answer the comment.",
        "review-comment: G on “heavier”: “Yes” Change the page, or answer the comment.",
        (
            "review-change: AB: “Rain falls down.” is taken away. "
            "If you agree, delete “Rain falls down.”."
        ),
    ]


def test_a_comment_that_is_done_is_told_no_more(place: Path) -> None:
    path = place / "paper.docx"
    commented(path, "heavier", ("Than what?", "Alpha Beta", "AB"))
    word = "http://schemas.microsoft.com/office/word"
    with zipfile.ZipFile(path) as packed:
        comments = packed.read("word/comments.xml").decode()
    at = comments.index("<w:p>")
    marked = f'{comments[:at]}<w:p xmlns:w14="{word}/2010/wordml" w14:paraId="0000A001">'
    edited(path, (comments, marked + comments[at + 5 :]), part="word/comments.xml")
    edited(
        path,
        ("</Relationships>", ('<Relationship Id="done" Type="http://schemas.microsoft.com/office/2011'
         '/relationships/commentsExtended" Target="extended.xml"/></Relationships>')),
        part="word/_rels/document.xml.rels",
    )  # fmt: skip
    with zipfile.ZipFile(path, "a") as packed:
        done = f'<w15:commentsEx xmlns:w15="{word}/2012/wordml">'
        done += '<w15:commentEx w15:paraId="0000A001" w15:done="{}"/></w15:commentsEx>'
        packed.writestr("word/extended.xml", done.format(1))
    assert told(place) == []
    edited(path, ('done="1"', 'done="0"'), part="word/extended.xml")
    assert len(told(place)) == 1


# -- Paragraphs -------------------------------------------------------------------------


def split_at(path: Path, words: str) -> tuple[str, str, str]:
    """A document before a paragraph that holds some words, the paragraph, and what is behind."""
    with zipfile.ZipFile(path) as packed:
        xml = packed.read("word/document.xml").decode()
    at = xml.index(words)
    start, end = xml.rindex("<w:p>", 0, at), xml.index("</w:p>", at) + len("</w:p>")
    return xml[:start], xml[start:end], xml[end:]


def test_a_paragraph_that_is_gone(place: Path) -> None:
    _, found, _ = split_at(place / "paper.docx", "Snow falls")
    edited(place / "paper.docx", (found, ""))
    assert told(place) == [
        (
            "docs/two.md:5:1: review-untracked: Changed without being tracked: "
            "“Snow falls slowly.” is taken away. If you agree, delete “Snow falls slowly.”."
        )
    ]


@pytest.mark.parametrize("tracked", [True, False])
def test_a_paragraph_that_is_new(place: Path, tracked: bool) -> None:  # noqa: FBT001
    _, found, _ = split_at(place / "paper.docx", "Snow falls")
    new = paragraph(put("Fog stays.") if tracked else text("Fog stays."))
    edited(place / "paper.docx", (found, found + new))
    rule = "change: Alpha Beta" if tracked else "untracked: Changed without being tracked"
    assert told(place) == [
        (
            f"docs/two.md:5:18: review-{rule}: “Fog stays.” is new. "
            "If you agree, type “Fog stays.” behind “Snow falls slowly.”."
        )
    ]


def test_a_paragraph_without_its_bookmark_is_known_by_its_words_or_its_place(place: Path) -> None:
    _, snow, _ = split_at(place / "paper.docx", "Snow falls")
    _, hail, _ = split_at(place / "paper.docx", "Hail is")
    new = paragraph(text("Hail is hard.")), paragraph(text("Snow falls softly."))
    edited(place / "paper.docx", (snow, new[1]), (hail, new[0]))
    assert told(place) == [
        (
            "docs/two.md:5:12: review-untracked: Changed without being tracked: “softly.” for "
            "“slowly.”. If you agree, type “softly.” in place of “slowly.”."
        )
    ]


def test_paragraphs_that_were_parted_or_joined_are_the_same_words(place: Path) -> None:
    _, rain, _ = split_at(place / "paper.docx", "Rain falls")
    halves = text("Rain ") + "</w:p><w:p>" + text("falls down.")
    parted = rain.replace(text("Rain falls down."), halves)
    edited(place / "paper.docx", (rain, parted))
    assert told(place) == []
    _, snow, rest = split_at(place / "paper.docx", "Snow falls")
    _, hail, _ = split_at(place / "paper.docx", "Hail is")
    assert rest.startswith(hail)
    body = hail.partition("</w:pPr>")[2]
    edited(place / "paper.docx", (snow + hail, snow.replace("</w:p>", text(" ") + body)))
    assert told(place) == []


def test_the_first_page_is_of_the_settings(place: Path) -> None:
    settings = "project = 'Sample'\n\nauthor = 'Ada of the clouds'\n"
    (place / "docs" / "conf.py").write_text(settings, "utf-8")
    edited(place / "paper.docx", (text("Ada of the clouds"), text("Ada of the skies")))
    (message,) = told(place)
    assert message.startswith("docs/conf.py:3:")
    assert message.endswith("type “skies” in place of “clouds”.")


# -- Pages that have changed since ------------------------------------------------------


def test_a_page_that_has_changed_is_searched_for_the_words(place: Path) -> None:
    edited(place / "paper.docx", (HAND, text("Clouds are counted by eye.")))
    page = place / "docs" / "one.md"
    page.write_text(page.read_text("utf-8").replace("# One\n", "# One\n\nNew.\n\nMore.\n"), "utf-8")
    assert told(place) == [
        (
            "docs/one.md:7:23: review-untracked: Changed without being tracked: "
            "“eye.” for “hand.”. "
            "If you agree, type “eye.” in place of “hand.”."
        )
    ]


def test_what_is_not_found_again_is_not_certain(place: Path) -> None:
    edited(place / "paper.docx", (HAND, text("Clouds are counted by eye.")))
    page = place / "docs" / "one.md"
    page.write_text("# One\n\nSomething else stands here now.\n", "utf-8")
    (message,) = told(place)
    assert message.startswith("docs/one.md:3: review-untracked: ")
    assert message.endswith("changed since the copy was made: see that this is the place.")
    page.unlink()
    assert told(place) == [message]


# -- The command ------------------------------------------------------------------------


def test_the_command_lists_and_reports(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(place / "paper.docx", place / "second.docx")
    edited(place / "paper.docx", (HAND, HAND.replace("hand", "eye")))
    edited(place / "second.docx", (HAND, put("All ", "Gamma") + HAND))
    assert main(["review", "paper.docx", "second.docx"]) == 0
    said = capsys.readouterr().out
    assert "docs/one.md:3:23: warning: Changed without being tracked: “eye.” for “hand.”" in said
    assert "docs/one.md:3: warning: Gamma: “All” is new." in said
    assert main(["review", "--strict", "--reports", "out", "paper.docx"]) == 1
    assert (place / "out" / "output.sarif").stat().st_size


@pytest.mark.parametrize(
    ("make_it", "message"),
    [
        (lambda: b"no archive", "paper.docx: it is damaged, or no document of Word."),
        (
            lambda: other_docx("Words."),
            "is no copy that nox -s docx wrote. Check it with: sphinx-e",
        ),
    ],
)
def test_what_is_no_copy_is_told(
    place: Path, capsys: pytest.CaptureFixture[str], make_it: Callable[[], bytes], message: str
) -> None:
    (place / "paper.docx").write_bytes(make_it())
    assert main(["review", "paper.docx"]) == 1
    told = capsys.readouterr().err
    assert message in told
    assert told.count("\n") == 1


@pytest.mark.parametrize("typed", [["audit", "paper.docx"], ["import", "paper.docx", "new"]])
def test_a_copy_is_no_manuscript(
    place: Path, capsys: pytest.CaptureFixture[str], typed: list[str]
) -> None:
    assert main(typed) == 1
    assert [one.name for one in place.iterdir() if one.name == "new"] == []
    told = capsys.readouterr().err
    assert "it is a copy of pages, and checks are for the pages." in told
    assert "sphinx-evidence review" in told


MAP = "customXml/item1.xml"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<p file="0" line="1">Two', '<p file="99" line="1">Two'),
        ('<p file="2" line="1">Two', '<p file="2" line="first">Two'),
        ("</origins>", ""),
    ],
)
def test_a_damaged_map_is_told(
    place: Path, capsys: pytest.CaptureFixture[str], old: str, new: str
) -> None:
    with zipfile.ZipFile(place / "paper.docx") as packed:
        kept = packed.read(MAP).decode()
    number = kept.partition(">Two<")[0].rpartition('file="')[2].partition('"')[0]
    old, new = (one.replace('file="0"', f'file="{number}"') for one in (old, new))
    old, new = (one.replace('file="2"', f'file="{number}"') for one in (old, new))
    edited(place / "paper.docx", (old, new), part=MAP)
    assert main(["review", "paper.docx"]) == 1
    assert "the places of its words is damaged" in capsys.readouterr().err


@pytest.mark.parametrize("path", ["../secret.md", "/etc/hostname", "docs"])
def test_no_file_outside_the_folder_is_looked_at(place: Path, path: str) -> None:
    (place.parent / "secret.md").write_text("Rain falls down.\n", "utf-8")
    edited(place / "paper.docx", ('path="docs/two.md"', f'path="{path}"'), part=MAP)
    edited(place / "paper.docx", (text("Rain falls down."), text("Rain falls up.")))
    (message,) = told(place)
    assert message.startswith(f"{path}:3: ")
    assert "see that this is the place" in message


def findings_of(path: Path, folder: Path) -> list[Finding]:
    return review(open_word(path), folder)[0]


def test_a_paragraph_of_any_length_is_compared(place: Path) -> None:
    edited(place / "paper.docx", (HAND, text("Clouds " * 100_000)))
    (message,) = told(place)
    assert "“Clouds Clouds" in message
    assert len(message) < 1000


def test_a_comment_of_any_length_is_told(place: Path) -> None:
    commented(place / "paper.docx", "heavier", ("so " * 5000, "Beta", "B"))
    (message,) = told(place)
    assert 2000 < len(message) < 2500


def test_a_bookmark_that_is_of_nothing_is_left_alone(place: Path) -> None:
    edited(
        place / "paper.docx",
        (HAND, HAND + '<w:bookmarkStart w:id="70000" w:name="_origin999999"/>'),
    )
    assert findings_of(place / "paper.docx", place) == []


# -- The examples of the rulebook ---------------------------------------------------------

REVIEWS = [one for one in rulebook.explanations().values() if one.part == "reviews"]


@pytest.mark.parametrize("rule", REVIEWS, ids=lambda rule: rule.rule)
def test_examples_of_rules(place: Path, rule: rulebook.Explanation) -> None:
    assert rule.right == "Clouds are counted by hand."
    made = ""
    for part in re.split(r"(\{\S\S.*?\S\S\})", rule.wrong):
        words = part[3:-3]
        marks: dict[str, Callable[[str], str]] = {
            "{++": put,
            "{--": taken,
            "{>>": lambda _: '<w:r><w:commentReference w:id="7"/></w:r>',
            "{~~": lambda words: text(words.partition("~>")[2]),
        }
        made += marks[part[:3]](words) if part[:3] in marks else text(part)
    commented(place / "paper.docx", "heavier", ("Which?", "Beta", "B"))
    edited(place / "paper.docx", ('<w:commentRangeStart w:id="0"/>', ""))
    edited(place / "paper.docx", ('<w:commentReference w:id="0"/>', ""))
    edited(place / "paper.docx", ('w:id="0" ', 'w:id="7" '), part="word/comments.xml")
    edited(place / "paper.docx", (HAND, made))
    assert {one.rule for one in findings_of(place / "paper.docx", place)} == {rule.rule}
