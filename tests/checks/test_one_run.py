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
OTHER = "# Other\n\n```{box} A\n:name: box-a\n\nAn \u00e9tude.\n```\n"
SECOND = "bibtex_bibfiles = ['references.bib', 'second.bib']\n"

FIVE = """
@misc{Anthony1993,
  title = {B},
}

@misc{m2001,
  title = {C},
  Title = {D},
}

@book{
  title = {E},
}

@misc{n2001,
  author = {Bird, V., A, B},
  title = {F},
}

@misc{o2001,
  title = {G},
  month = mai,
}
"""


def raw(name: str, text: str, encoding: str, conf: str = "") -> Callable[[Project], None]:
    def spoil(project: Project) -> None:
        project.append("conf.py", conf)
        (project.root / name).write_bytes(text.encode(encoding))

    return spoil


def missing(project: Project) -> None:
    project.append("conf.py", SECOND)
    project.append("conf.py", "bibtex_bibfiles.append('round.bib')\n")
    (project.root / "round.bib").symlink_to("round.bib")


def elsewhere(project: Project) -> None:
    (project.root / "docs/other.md").rename(project.root / "other.md")
    (project.root / "docs/other.md").symlink_to(project.root / "other.md")


# How a project is spoilt; what is told; what could not be checked.
UNKNOWN = "citation-unknown"
ALL = (UNKNOWN, "citation-plain", "citation-unmatched")
FAULTS: dict[str, tuple[Callable[[Project], None], tuple[str, ...], str]] = {
    "faults of five entries": (
        lambda project: project.append("references.bib", FIVE),
        (
            "bib-author",
            "bib-field-twice",
            "bib-key-twice",
            "bib-syntax",
            "bib-syntax",
            "citation-unused",
            "citation-unused",
            "citation-unused",
            *ALL,
        ),
        "an entry without a key at references.bib:28, which cannot be read",
    ),
    "an entry that is not closed": (  # the words on the page may mean it, and so may its key
        lambda project: project.replace("references.bib", "{A framework}", "{A framework"),
        ("bib-syntax", UNKNOWN),
        'the entry "leamy2011" at references.bib:10, which cannot be read',
    ),
    "files that are not there": (  # which may have any key
        missing,
        ("bib-missing", "bib-missing", "citation-plain"),
        (
            "citations of works in second.bib, which cannot be read; "
            "citations of works in round.bib, which cannot be read"
        ),
    ),
    "a bibliography in another encoding": (
        raw("second.bib", "@misc{b2001,\n  title = {\u00c9tude},\n}\n", "cp1252", SECOND),
        ("encoding", "citation-unused", *ALL),
        "",
    ),
    "a page in another encoding": (
        raw("docs/other.md", OTHER, "cp1252"),
        ("encoding", *ALL),
        "the page docs/other.md, which cannot be read",
    ),
    "a page that lies elsewhere": (  # which may define any name
        elsewhere,
        ("policy-file", *ALL),
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
    assert "; ".join(report["unchecked"]) == unchecked
    last = built.text.strip().splitlines()[-1]
    assert (f"Not checked: {unchecked}." in last) if unchecked else ("Not checked" not in last)
    # Nothing but the findings, and what they come to.
    assert built.text.count("error: ") == len(rules)
    assert "WARNING" not in built.text


def test_what_stops_the_site_is_told_at_once(project: Project) -> None:
    for name in ("an entry that is not closed", "a page in another encoding"):
        spoilt(project, name)
        project.write("docs/third.md", "---\norphan: true\n---\n\n# T\n\n{footcite}`leamy2011`\n")
        built = project.build("html")
        assert built.status == 1
        told = re.findall(r"ERROR: .* \[evidence\.([\w-]+)\]", built.text)
        assert sorted(told) == sorted(FAULTS[name][1])
        assert re.search(r"Nothing was written\. Not checked: .*\.$", built.text.strip())
        assert "WARNING" not in built.text


@pytest.mark.parametrize("name", ["an entry that is not closed", "a page in another encoding"])
def test_no_citation_is_mended_while_a_work_is_missing(name: str, project: Project) -> None:
    spoilt(project, name)
    project.append("docs/index.md", "\nAnthony (1993) looked up.\n")
    assert project.build("citations", "-Devidence_fix=1").status == 1
    text = (project.root / "docs/index.md").read_text("utf-8")
    assert ("\nAnthony (1993) looked up" in text) == ("entry" in name)
