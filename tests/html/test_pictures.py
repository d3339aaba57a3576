"""Pictures say how large they are, before they are loaded."""

import re

from tests.projects import PIXEL, Project

PAGE = """\
# Sample

![A dot](dot.png)

![A drawing](drawing.svg)

```{image} dot.png
:alt: A large dot
:width: 50%
```
"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="36.4" height="20"><title>A</title></svg>'


def test_size_is_that_of_the_file_where_the_author_gives_none(project: Project) -> None:
    project.write("docs/index.md", PAGE)
    project.write("docs/drawing.svg", DRAWING)
    (project.root / "docs" / "dot.png").write_bytes(PIXEL)
    built = project.build("html")
    assert built.text == ""
    page = (built.out / "index.html").read_text("utf-8")
    assert page.count("image-reference") == 1  # the one that is shown smaller than it is
    images = re.findall("<img [^>]+>", page)
    sizes = [dict(re.findall(r'(width|height|style)="([^"]*)"', image)) for image in images]
    assert sizes == [
        {"width": "1", "height": "1"},
        {"width": "36", "height": "20"},
        {"style": "width: 50%;"},
    ]
