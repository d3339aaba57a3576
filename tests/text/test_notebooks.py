"""Lines of notebooks: where the lines that MyST-NB counts stand in the file."""

import json

from sphinx_evidence.text import notebooks

CELLS = [
    {"cell_type": "markdown", "metadata": {}, "source": ["# Title\n", "\n", "Words."]},
    {"cell_type": "code", "outputs": [{"data": {"x": {"source": ["a"]}}}], "source": []},
    {"cell_type": "markdown", "metadata": {"source": "a"}, "source": ["One\n", "two"]},
]
TEXT = json.dumps({"cells": CELLS, "nbformat": 4}, indent=1)


def test_lines_are_those_of_the_file() -> None:
    lines = TEXT.split("\n")
    for counted, words in ((10002, "# Title"), (10004, "Words."), (30002, "One"), (30003, "two")):
        assert words in lines[notebooks.line_of(TEXT, counted) - 1]
    assert notebooks.line_of(TEXT, 40002) == notebooks.line_of(TEXT, 7) == 1
    assert notebooks.line_of("no notebook", 10002) == 1


def test_texts_are_those_of_the_cells() -> None:
    assert notebooks.sources(TEXT) == ["# Title\n\nWords.", "", "One\ntwo"]
    for other in ("", "[]", '{"cells": 3}', '{"cells": [3]}', "{{words}}"):
        assert notebooks.sources(other) == []
