"""The builder: its settings, the same bytes for the same pages, what a second build does."""

import zipfile
from pathlib import Path

import pytest

from tests.docx.documents import Make, make
from tests.projects import Project

PAGES = {"one.md": "# One\n\n![A](picture.svg) and [two](two.md).\n", "two.md": "# Two\n\nWords.\n"}


def test_the_same_pages_give_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    made = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        made.append(make(tmp_path / name, PAGES))
    assert made[0].path.read_bytes() == made[1].path.read_bytes()
    with zipfile.ZipFile(made[0].path) as archive:
        assert {one.date_time[0] for one in archive.infolist()} == {1980}
    about = made[0].word.core_properties
    assert f"{about.created:%Y-%m-%d}" == f"{about.modified:%Y-%m-%d}" == "2023-11-14"


def test_a_second_build_leaves_it_alone(written: Make) -> None:
    first = written(PAGES)
    before = first.path.stat().st_mtime_ns
    assert written(PAGES).path.stat().st_mtime_ns == before
    first.path.write_bytes(b"")
    assert "Words." in written(PAGES).words
    assert "Other." in written(PAGES | {"two.md": "# Two\n\nOther.\n"}).words


def test_pages_are_left_out_and_linked_to_on_the_site(written: Make) -> None:
    copy = written(PAGES, evidence_docx_without=["two"], html_baseurl="https://example.org/")
    assert "Words." not in copy.words
    assert [one.target_ref for one in copy.word.part.rels.values() if one.is_external] == [
        "https://example.org/two.html"
    ]


def test_a_link_that_leads_nowhere_is_told(written: Make) -> None:
    copy = written(PAGES, evidence_docx_without=["two"])
    assert "one.md:3: WARNING: The link leads to two#, which is not in the Word copy" in (
        copy.warnings
    )
    assert "and two." in copy.words


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("name", "a/b", "'a/b' is no name of a file. Write \"paper\", without .docx"),
        ("without", ["tow"], 'there is no page "tow" that the copy can do without.'),
        ("without", ["index"], 'there is no page "index" that the copy can do without.'),
    ],
)
def test_a_wrong_setting_is_told(project: Project, setting: str, value: object, told: str) -> None:
    project.append("conf.py", f"evidence_docx_{setting} = {value!r}\n")
    for name, text in PAGES.items():
        project.write(f"docs/{name}", text.replace("![A](picture.svg) and", ""))
    project.write("docs/index.md", "# Sample\n\n```{toctree}\none\ntwo\n```\n")
    built = project.build("evidence-docx")
    assert built.status == 1
    line = len((project.root / "conf.py").read_text("utf-8").splitlines())
    assert f"conf.py:{line}: ERROR: evidence_docx_{setting}: {told}" in built.text
