"""The gate stops every kind of fault, in the site and in the PDF, and says what to type."""

import os
import re
from collections.abc import Callable

import pytest

from tests.projects import Built, Project
from tests.real import SITE

PAGE = "docs/barriers.md"
UNKNOWN = "\nAs {cite:t}`leamy2012` say.\n"
Break = Callable[[Project], None]


def append(text: str, name: str = PAGE) -> Break:
    return lambda project: project.append(name, text)


def replace(name: str, old: str, new: str) -> Break:
    return lambda project: project.replace(name, old, new)


BREAKAGES = {
    "citation key": (
        append(UNKNOWN),
        r"docs/barriers\.md:\d+:\d+: .*the key \"leamy2012\"\. Did you mean \"leamy2011\"",
    ),
    "citation key in a list of keys": (
        append("\nAs said {cite:p}`leamy2011,turtn2011{p. 3}`.\n"),
        r"docs/barriers\.md:\d+:\d+: .*\"turtn2011\"\. Did you mean \"turton2011\"",
    ),
    "further reading key": (
        replace("docs/references.md", "ramon2007", "ramone2007"),
        r"docs/references\.md:\d+:\d+: .*\"ramone2007\"\. Did you mean \"ramon2007\"",
    ),
    "malformed entry": (
        replace("references.bib", "title = {", "title = "),
        r"references\.bib:\d+:\d+: .* \"title\" has no opening brace\. Write title = \{",
    ),
    "unclosed entry": (
        replace("references.bib", "},\n}", "},\n"),
        r"references\.bib:\d+:\d+: .*is not closed\. Type } on a line of its own",
    ),
    "duplicate entry": (
        append("\n@book{Leamy2011,\n  title = {X},\n}\n", "references.bib"),
        r"references\.bib:\d+:\d+: .*\"Leamy2011\" is used twice: first at references\.bib:\d+",
    ),
    "citation that is not closed": (
        append("\nAs {cite:p}`leamy2011{p. 3` say.\n"),
        r"docs/barriers\.md:\d+:\d+: .*\" is no key\. Close the brace: leamy2011\{p\. 3\}",
    ),
    "box that is typed": (
        append("\nIt is said in Box 99.\n"),
        r"docs/barriers\.md:\d+:\d+: .*“Box 99” leads nowhere: no box has this number",
    ),
    "two sentences on a line": (
        append("\nIt rose. The moon fell: [on](benefits.md).\n"),
        r"docs/barriers\.md:\d+:10: .*Begin a new line before “The moon fell",
    ),
    "citation with a space": (
        append("\nAs {cite:p} `leamy2011` say.\n"),
        r"docs/barriers\.md:\d+:\d+: .*\"\{cite:p\}\" is not read as markup",
    ),
    "backtick in the title of a box": (
        append("\n```{box} A `code`\n:name: box-code\n\nText.\n```\n"),
        r"docs/barriers\.md:\d+:\d+: .*is not read as markup, so readers would see it",
    ),
    "no list of references": (
        replace("docs/references.md", "```{bibliography}\n```", ""),
        r"docs/about\.md:\d+:\d+: .*No list of references shows \"mccartan2022\" and \d+ more",
    ),
    "figure without a caption": (
        append(
            "\n```{figure} _images/chime.svg\n:name: fig-bare\n:alt: words\n```\n"
            "\n{numref}`fig-bare`\n"
        ),
        r"docs/barriers\.md:\d+:\d+: .*\"fig-bare\" has no number\. Give it a caption",
    ),
    "citation in another system's form": (
        append("\nAs said [@leamy2011].\n"),
        r"docs/barriers\.md:\d+:\d+: .*\"\[@leamy2011\]\" is not read as markup",
    ),
    "citation without its last backtick": (
        append("\nAs said {cite:p}`leamy2011.\n"),
        r"docs/barriers\.md:\d+:\d+: .*\"\{cite:p\}\" is not read as markup",
    ),
    "page in capitals": (
        append("\nSee [there](Benefits.md).\n"),
        r"docs/barriers\.md:\d+:\d+: .*\"Benefits\.md\"\. Did you mean \"benefits\.md\"",
    ),
    "box that is not closed": (
        append(
            "\nSee {numref}`box-open`.\n\n```{box} Open\n:name: box-open\n\nA.\n\n## Next\n\nB.\n"
        ),
        r"docs/barriers\.md:\d+:\d+: .*\"Next\", stands in the box \"Open\"\. Close the box",
    ),
    "HTML in a page": (
        append("\n<p>Important text.</p>\n"),
        r"docs/barriers\.md:\d+:\d+: .*\"<p>Important text\.</p>\" is HTML, which the PDF",
    ),
    "field that nobody sees": (
        replace("references.bib", "  journal = {", "  jornal = {"),
        r"references\.bib:\d+:\d+: .*\"jornal\"\. Did you mean \"journal\"\? .*bib-field",
    ),
    "names without and": (
        replace(
            "references.bib", "Ahmed, A. O. and Buckley, P. F.", "Ahmed, A. O., Buckley, P. F."
        ),
        r"references\.bib:2:\d+: .*is not one person\. Join people with and: .*bib-author",
    ),
    "record table misspelt": (
        replace("docs/editorial-record.toml", "[[change]]", "[[chnage]]"),
        r"docs/editorial-record\.toml:\d+:\d+: .*\"chnage\"\. Did you mean \[\[change\]\]",
    ),
    "entry neither cited nor further reading": (
        append("\n@book{zzz2011,\n  title = {X},\n  status = {confirmed},\n}\n", "references.bib"),
        r"references\.bib:\d+:\d+: .*No page cites \"zzz2011\", and it is not listed",
    ),
    "entry without a status": (
        replace("references.bib", "  status = {", "  state = {"),
        r"references\.bib:\d+:\d+: .*has no status\. Write status = with one of: \{confirmed\}",
    ),
    "further reading that is cited": (
        append("\nAs {cite:t}`ramon2007` say.\n"),
        r"docs/references\.md:\d+:\d+: .*\"ramon2007\" is listed as further reading but cited at",
    ),
    "link to a page": (
        append("\nSee [there](bariers.md).\n"),
        r"docs/barriers\.md:\d+:\d+: .*\"bariers\.md\"\. Did you mean \"barriers\.md\"",
    ),
    "link to a heading": (
        append("\nSee [there](references.md#work-cited).\n"),
        r"no heading \"work-cited\" on the page references\.md\. Did you mean \"works-cited\"",
    ),
    "box": (
        append("\nSee {numref}`box-langage`.\n"),
        r"box, table or figure named \"box-langage\"\. Did you mean \"box-language\"",
    ),
    "table": (
        append("\nSee {numref}`table-meaning`.\n"),
        r"\"table-meaning\"\. Did you mean \"table-meanings\"",
    ),
    "figure": (
        append("\nSee {numref}`figure-chimes`.\n"),
        r"\"figure-chimes\"\. Did you mean \"figure-chime\"",
    ),
    "term": (
        append("\nSee {term}`Recovery Colege`.\n"),
        r"There is no glossary term \"Recovery Colege\"\. Did you mean \"Recovery College\"",
    ),
    "box that nothing refers to": (
        append("\n```{box} Alone\n:name: box-alone\n\nText.\n```\n"),
        r"docs/barriers\.md:\d+:\d+: .*refers to the box \"Alone\"\. Write \{numref\}`box-alone`",
    ),
    "table that nothing refers to": (
        append("\n```{list-table} Alone\n:name: table-alone\n\n* - a\n```\n"),
        r"No page refers to the table \"Alone\"\. Write \{numref\}`table-alone`",
    ),
    "table without a name": (
        append("\n| a |\n| - |\n| 1 |\n"),
        r"No page refers to the table \"without a title\"\. Give it a :name:",
    ),
    "figure that nothing refers to": (
        append("\n```{figure} _images/chime.svg\n:name: fig-alone\n:alt: words\n\nAlone\n```\n"),
        r"No page refers to the figure \"Alone\"\. Write \{numref\}`fig-alone`",
    ),
    "image without words": (
        append("\n![](_images/chime.svg)\n"),
        r"docs/barriers\.md:\d+:\d+: .*image \"_images/chime\.svg\" has no alternative text",
    ),
    "record of unknown kind": (
        replace("docs/editorial-record.toml", 'kind = "citation"', 'kind = "citaton"'),
        r"docs/editorial-record\.toml:\d+:\d+: .*\"citaton\"\. Did you mean \"citation\"",
    ),
    "citation in the record": (
        replace("docs/editorial-record.toml", "{cite:t}`turton2011`", "{cite:t}`turton2012`"),
        r"docs/editorial-record\.toml:\d+:\d+: .*\"turton2012\"\. Did you mean \"turton2011\"",
    ),
}


# What one build can tell of at once. Some faults keep others from being seen: of those, one group
# each; a fence that is wrong swallows what follows it, so it comes last.
HIDING = [
    ("malformed entry",),
    ("unclosed entry",),
    ("record table misspelt",),
    ("record of unknown kind",),
    ("duplicate entry", "names without and"),
    ("figure without a caption", "further reading that is cited", "backtick in the title of a box"),
]
LAST = "box that is not closed"
OTHERS = tuple(name for name in BREAKAGES if name != LAST and name not in sum(HIDING, ()))
GROUPS = [*HIDING, (*OTHERS, LAST)]


def assert_stopped(built: Built, *patterns: str) -> None:
    assert built.status != 0
    lines = built.text.splitlines()
    for pattern in patterns:
        found = [line for line in lines if re.search(pattern, line)]
        assert found, f"{pattern} in\n{built.text}"
        # Each by itself stops a build.
        assert re.search(": error: ", found[0], re.IGNORECASE), found[0]
    assert "Traceback" not in built.text
    assert "Nothing was written" in built.text


@pytest.mark.parametrize("names", GROUPS, ids=lambda names: names[-1])
def test_breakage_stops_site_and_pdf(real: Project, names: tuple[str, ...]) -> None:
    for name in names:
        BREAKAGES[name][0](real)
    builders = ("html", "pdf") if LAST in names else ("html",)  # the gate stands before them all
    before = [written(real, builder) for builder in builders]
    for builder in builders:
        built = real.build(builder, SITE_URL=SITE)  # as they were built before
        assert_stopped(built, *(BREAKAGES[name][1] for name in names))
    after = [written(real, builder) for builder in builders]
    assert after == before, "what was built before must stay as it was"


def test_a_stopped_build_is_stopped_again(project: Project) -> None:
    project.append("docs/index.md", UNKNOWN)
    for _ in range(2):
        assert_stopped(project.build("html"), 'the key "leamy2012"')


def test_what_was_mended_builds_again(project: Project) -> None:
    text = (project.root / "docs/index.md").read_text("utf-8")
    project.append("docs/index.md", UNKNOWN)
    assert project.build("citations").status == 1
    project.write("docs/index.md", text)
    built = project.build("citations")
    assert built.status == 0, built.text


def test_page_put_back_with_its_old_date_is_read_again(project: Project) -> None:
    page = project.root / "docs/index.md"
    text, stat = page.read_text("utf-8"), page.stat()
    project.append("docs/index.md", UNKNOWN)
    assert project.build("html").status == 1
    page.write_text(text, "utf-8")
    os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    built = project.build("html")
    assert built.status == 0, built.text


def test_page_in_another_encoding_stops_with_its_line(real: Project) -> None:
    page = real.root / PAGE
    page.write_bytes(page.read_bytes() + "\nA caf\u00e9.\n".encode("cp1252"))
    line = page.read_bytes().count(b"\n")
    assert_stopped(real.build("html"), rf"docs/barriers\.md:{line}:6: .*Save the file with UTF-8")


def test_record_in_another_encoding_stops_with_its_line(real: Project) -> None:
    record = real.root / "docs" / "editorial-record.toml"
    record.write_bytes(b"# \x93\n" + record.read_bytes())
    pattern = r"docs/editorial-record\.toml:1:3: .*Save the file with UTF-8"
    assert_stopped(real.build("html"), pattern)


def test_every_message_tells_the_true_line(project: Project) -> None:
    project.append("docs/index.md", "\nA paragraph\nof several lines\nwith {cite:t}`a` in one.\n")
    assert "docs/index.md:5:15: " in project.build("citations").text


def written(project: Project, builder: str) -> dict[str, int]:
    """The files of a build with the time of their last change."""
    folder = project.root / "build" / builder
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
