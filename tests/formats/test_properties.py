"""Whatever stands in an export: it is refused in words, or its entries can be read back."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sphinx_evidence.bibliography.keys import new_key
from sphinx_evidence.bibliography.layout import laid_out
from sphinx_evidence.bibliography.reader import read
from sphinx_evidence.formats.csl import FormatError
from sphinx_evidence.formats.reading import read_works

TAGS = [
    "AU", "A1", "A2", "ED", "TI", "T1", "T2", "BT", "JO", "PY", "Y1", "DA", "Y2", "SP", "EP", "SN",
    "AN", "DB", "M3", "DO", "UR", "ER", "PMID", "FAU", "CN", "DP", "LID",
]  # fmt: skip
VALUES = st.sampled_from([
    "Able, M.", "{", "}", "a and b", "2011/13/32", "2011", "0000", "\\", "a\\b{c", "https://x.y/{z}",
    "10.1000/a}b", "1-", "99-1", ",", "a,b,c,d", "@misc{x,", "%", '"', "中 2", "PubMed",
]) | st.text(max_size=8)  # fmt: skip
NAMES = ("type", "title", "author", "editor", "issued", "page", "DOI", "URL", "genre", "volume")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | VALUES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["family", "given", "literal", "date-parts", "raw"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


def check(text: str) -> None:
    try:
        works = read_works(text)
    except FormatError:  # in words, which test_reading.py has
        return
    for entry in works.entries:
        found = read(laid_out(entry).replace("{,", f"{{{new_key(entry, ())},", 1), "x.bib")
        assert not found.findings
        (again,) = found.entries.values()
        assert {*again.fields} == {*entry.fields}


@given(
    st.lists(st.tuples(st.sampled_from(TAGS), VALUES), max_size=8), st.sampled_from(["TY", "PMID"])
)
def test_tagged_lines(lines: list[tuple[str, str]], first: str) -> None:
    check("".join(f"{tag:4}- {value}\n" for tag, value in [(first, "JOUR"), *lines]))


@given(st.lists(st.dictionaries(st.sampled_from(NAMES), JSON, max_size=5) | JSON, max_size=2))
def test_json(items: list[Any]) -> None:
    check(json.dumps(items))
