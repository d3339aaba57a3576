"""Numbered boxes."""

from tests.projects import Project

BOXES = """\
# Sample

See {numref}`box-two` and {numref}`the box %s <box-one>`.

```{box} First *one*
:name: box-one

Text.
```

```{box} Second
:name: box-two

Text.
```
"""


def test_box_is_numbered_named_and_referred_to(project: Project) -> None:
    project.write("docs/index.md", BOXES)
    built = project.build("html")
    assert built.status == 0, built.text
    page = (built.out / "index.html").read_text("utf-8")
    assert '<div aria-labelledby="box-one-title" class="box" id="box-one" role="region">' in page
    assert (
        '<p class="box-title" id="box-one-title"><span class="caption-number">Box 1 </span>' in page
    )
    assert "First <em>one</em></p>" in page
    assert 'href="#box-two"><span class="std std-numref">Box 2</span>' in page
    assert ">the box 1<" in page


def test_empty_box_is_told(project: Project) -> None:
    project.write("docs/index.md", "# Sample\n\n```{box} Empty\n:name: box-empty\n```\n")
    built = project.build("html")
    assert built.status != 0
    assert "{box} holds no text" in built.text


def test_box_is_an_admonition_where_a_builder_knows_no_boxes(project: Project) -> None:
    project.append("conf.py", "evidence_downloads = {}\n")
    project.write("docs/index.md", BOXES + "\n```{downloads}\n```\n")
    for builder in ("text", "latex"):
        built = project.build(builder)
        assert built.status == 0, built.text
    assert "Second" in (project.root / "build" / "text" / "index.txt").read_text("utf-8")
