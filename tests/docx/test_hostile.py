"""Pages are data from strangers: nothing in the .docx acts, or leads to somebody's own files."""

import re

import pytest
from docx.oxml.ns import qn

from sphinx_evidence.docx.xml import words
from sphinx_evidence.runtime.abort import BuildAborted
from tests.docx.documents import Make

LINKS = """\
# Page

[web](https://example.org/?a=1&b="2"), [mail](mailto:a@example.org), [relative](other.pdf)

```{eval-rst}
`call <tel:116123>`__, `own <file:///etc/passwd>`__, `share <\\\\\\\\host/share>`__,
`script <javascript:alert(1)>`__, `bare <//example.org/x>`__, `data <data:text/html,x>`__,
`word <ms-word:ofe|u|https://example.org/x>`__, `near <other.pdf>`__.
```
"""


def test_links_are_of_kinds_that_do_nothing(written: Make) -> None:
    copy = written({"page.md": LINKS}, suppress_warnings=["myst.xref_missing"])
    external = [one for one in copy.word.part.rels.values() if one.is_external]
    assert {one.target_ref.partition(":")[0] for one in external} == {"https", "mailto", "tel"}
    assert {one.reltype.rpartition("/")[2] for one in external} == {"hyperlink"}
    assert "web, mail, relative call, own, share, script, bare, data, word, near." in copy.words


def test_markup_of_word_in_a_page_is_text(written: Make) -> None:
    text = "</w:t></w:r><w:r><w:fldSimple w:instr='DDEAUTO cmd'/> {DDEAUTO cmd} &amp;amp;"
    copy = written({"page.md": f"# Page\n\n``{text}``\n"})
    assert text in copy.words
    codes = [*copy.body.iter(qn("w:fldSimple")), *copy.body.iter(qn("w:instrText"))]
    assert not any("DDE" in (one.text or one.get(qn("w:instr"), "")) for one in codes)


def test_no_part_can_act(written: Make) -> None:
    names = [*written({"page.md": LINKS}).parts]
    assert not any(
        re.search(r"vba|ole|embed|activex|control|attached", name, re.IGNORECASE) for name in names
    )
    (settings,) = (name for name in names if name.endswith("settings.xml") and "web" not in name)
    assert settings


def test_characters_that_xml_cannot_have_are_left_out() -> None:
    assert words("a\x00b\x0b\ud800\ufffec\t").text == "abc\t"


def test_a_picture_that_is_none_stops_the_build(written: Make) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg"'
    with pytest.raises(BuildAborted, match=r"page\.md:3: the image broken\.svg cannot be set"):
        written({"broken.svg": svg, "page.md": "# Page\n\n![A](broken.svg)\n", "index.md": INDEX})


def test_a_node_without_a_rule_stops_the_build(written: Make) -> None:
    with pytest.raises(BuildAborted, match=r"page\.md:3: the Word copy builder has no rule for"):
        written({"page.md": "# Page\n\n{math}`x`\n"})


INDEX = "# Sample\n\n```{toctree}\npage\n```\n"
