"""One fault hides no other: what cannot be read is told with all the rest, in one run."""

import json
import re
from collections.abc import Callable

import pytest

from tests.projects import WORKS, Project

PAGE = """\
# Sample

As {cite:t}`leamy2011`, {cite:t}`anthony1993` and {cite:t}`nobody1999` say.
Leamy et al. (2011) and Leamy (2011) counted clouds.

[There](other.md), in {numref}`box-a`.

```{toctree}
other
```

```{bibliography}
```
"""
OTHER = "# Other\n\n```{box} A\n:name: box-a\n\nA caf\u00e9.\n```\n"
SECOND = "bibtex_bibfiles = ['references.bib', 'second.bib']\n"


def bib(old: str, new: str) -> Callable[[Project], None]:
    return lambda project: project.replace("references.bib", old, new)


def raw(name: str, text: str, encoding: str, conf: str = "") -> Callable[[Project], None]:
    def spoil(project: Project) -> None:
        project.append("conf.py", conf)
        (project.root / name).write_bytes(text.encode(encoding))

    return spoil


# How a project is spoilt; what is told; what could not be checked.
UNKNOWN = "citation-unknown"
ALL = (UNKNOWN, "citation-plain", "citation-unmatched")
FAULTS: dict[str, tuple[Callable[[Project], None], tuple[str, ...], str]] = {
    "a key used twice": (
        bib("@article{leamy2011", "@book{Anthony1993,\n  title = {A},\n}\n\n@article{leamy2011"),
        ("bib-key-twice", *ALL),
        "",
    ),
    "a field twice": (
        bib("  year = {2011},", "  year = {2011},\n  Year = {2012},"),
        ("bib-field-twice", *ALL),
        "",
    ),
    "an entry that is not closed": (  # the words on the page may mean it, and so may its key
        bib("{A framework}", "{A framework"),
        ("bib-syntax", UNKNOWN),
        'the entry "leamy2011" at references.bib:10, which cannot be read',
    ),
    "an entry without a key": (
        bib("@article{leamy2011", "@book{\n  title = {A},\n}\n\n@article{leamy2011"),
        ("bib-syntax", *ALL),
        "an entry without a key at references.bib:10, which cannot be read",
    ),
    "an abbreviation that is not known": (
        bib("  year = {2011},", "  year = {2011},\n  number = mai,"),
        ("bib-syntax", *ALL),
        "",
    ),
    "a name with too many commas": (
        bib("Bird, V.", "Bird, V., A, B"),
        ("bib-author", *ALL),
        "",
    ),
    "a file that is not there": (  # which may have any key
        lambda project: project.append("conf.py", SECOND),
        ("bib-missing", "citation-plain"),
        "citations of works in second.bib, which cannot be read",
    ),
    "a bibliography in another encoding": (
        raw("second.bib", "@misc{b2001,\n  title = {Caf\u00e9},\n}\n", "cp1252", SECOND),
        ("encoding", "citation-unused", *ALL),
        "",
    ),
    "a page in another encoding": (
        raw("docs/other.md", OTHER, "cp1252"),
        ("encoding", *ALL),
        "the page docs/other.md, which cannot be read",
    ),
    "a list of contents that leads back": (
        lambda project: project.append("docs/other.md", "\n```{toctree}\nindex\n```\n"),
        ("page-circle", *ALL),
        "",
    ),
}


def spoilt(project: Project, name: str) -> None:
    project.write("references.bib", WORKS)
    project.write("docs/other.md", OTHER)
    project.write("docs/index.md", PAGE)
    FAULTS[name][0](project)


@pytest.mark.parametrize("name", FAULTS)
def test_the_fault_and_what_is_on_the_pages_are_told_in_one_run(
    name: str, project: Project
) -> None:
    _, rules, unchecked = FAULTS[name]
    spoilt(project, name)
    built = project.build("citations")
    assert built.status == 1, built.text
    report = json.loads((built.out / "output.json").read_text("utf-8"))
    assert sorted(found["rule"] for found in report["findings"]) == sorted(rules), built.text
    assert report["unchecked"] == ([unchecked] if unchecked else [])
    last = built.text.strip().splitlines()[-1]
    assert (f"Not checked: {unchecked}." in last) if unchecked else ("Not checked" not in last)
    # Nothing but the findings, and what they come to.
    assert built.text.count("error: ") == len(rules)
    assert "WARNING" not in built.text


def test_what_stops_the_site_is_told_at_once_and_again(project: Project) -> None:
    for name in ("an entry that is not closed", "a page in another encoding"):
        spoilt(project, name)
        project.write("docs/third.md", "---\norphan: true\n---\n\n# T\n\n{footcite}`leamy2011`\n")
        for _ in range(2):
            built = project.build("html")
            assert built.status == 1, built.text
            told = re.findall(r"ERROR: .* \[evidence\.([\w-]+)\]", built.text)
            assert sorted(told) == sorted(FAULTS[name][1])
            assert re.search(r"Nothing was written\. Not checked: .*\.$", built.text.strip())
            assert "WARNING" not in built.text
