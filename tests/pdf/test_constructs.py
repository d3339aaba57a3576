"""No silent loss: each construct arrives in the PDF, or stops the build by name and place."""

import base64
import re
from pathlib import Path

import pikepdf
import pytest
from docutils.parsers.rst import directives

from sphinx_evidence.runtime.abort import BuildAborted
from tests.pdf.accessibility import faults
from tests.pdf.constructs import NOT_SHOWN, REFUSED, RENDERED
from tests.pdf.documents import Make, make
from tests.pdf.reading import read

pytestmark = pytest.mark.xdist_group("constructs")  # one worker makes what they share

SETTINGS = {
    "myst_enable_extensions": [
        "attrs_block", "attrs_inline", "colon_fence", "deflist", "fieldlist", "substitution",
    ],
    "myst_substitutions": {"key": "value"},
}  # fmt: skip
# One grey pixel each.
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGMIAAAAUgBR9yHZtwAAAABJRU5ErkJggg=="
JPEG = (
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqM"
    "yP/L2u71////m8H////6/+b9//j/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABP/EABQQAQAAAAAAAAAA"
    "AAAAAAAAAAD/2gAIAQEAAD8AK//Z"
)


@pytest.fixture(scope="module")
def chapters(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], str]:
    """The words of each construct, by size and name: one build of a page for each."""
    folder = tmp_path_factory.mktemp("constructs")
    (folder / "docs").mkdir()
    (folder / "docs" / "words.txt").write_text("words\n", "utf-8")
    names = list(RENDERED)
    pages = {f"p{n}.md": f"# Start {n}\n\n{RENDERED[name][0]}\n" for n, name in enumerate(names)}
    sizes = ("standard", "large")
    settings = SETTINGS | {
        "evidence_pdf_documents": [{"name": size, "size": size} for size in sizes]
    }
    document = make(folder, pages, **settings)
    assert "deprecated" not in document.warnings
    found = {}
    for size in sizes:
        with pikepdf.open(document.path.with_name(f"{size}.pdf")) as pdf:
            # Whether a table has headers is the author's business.
            assert [fault for fault in faults(pdf) if "no header cell" not in fault] == []
            text = read(pdf).text
        text = text[text.rindex("Start 0") :]
        for number, part in enumerate(re.split(r"Start \d+ ?", text)[1:]):
            found[size, names[number]] = part.strip()
    return found


@pytest.mark.parametrize("size", ["standard", "large"])
@pytest.mark.parametrize("name", RENDERED)
def test_construct_arrives(chapters: dict[tuple[str, str], str], name: str, size: str) -> None:
    written = re.sub(r"Table \d+\. |Figure \d+\. |Fig\. \d+\. ", "", chapters[size, name])
    assert RENDERED[name][1] in written
    assert "hidden" not in written


@pytest.mark.parametrize("name", REFUSED)
def test_construct_is_refused_by_name_and_place(pdf: Make, tmp_path: Path, name: str) -> None:
    source, line, message = REFUSED[name]
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "words.txt").write_text("words\n", "utf-8")
    with pytest.raises(BuildAborted, match=rf"page\.md:{line}: .*{re.escape(message)}"):
        pdf({"page.md": f"# Page\n\n{source}\n"}, **SETTINGS)


def test_every_directive_is_tried(chapters: dict[tuple[str, str], str]) -> None:
    assert chapters  # after the build, every extension has registered its own
    known = {*directives._directives, *directives._directive_registry}  # type: ignore[attr-defined]  # noqa: SLF001
    sources = "\n".join([*(s for s, _ in RENDERED.values()), *(s for s, _, _ in REFUSED.values())])
    tried = set(re.findall(r"\{([a-z:_-]+)\}", sources))
    assert known - tried == set(NOT_SHOWN)


def test_pictures_of_each_kind(pdf: Make, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "a.png").write_bytes(base64.b64decode(PNG))
    (docs / "b.jpg").write_bytes(base64.b64decode(JPEG))
    page = "# Page\n\n![One](a.png) ![Two](b.jpg) ![Three](picture.svg)\n"
    tags = pdf({"page.md": page}).tags
    assert [tag.alt for tag in tags if tag.kind == "Figure"] == ["One", "Two", "Three"]
