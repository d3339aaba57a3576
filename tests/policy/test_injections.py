"""What a page from a stranger could do, and is refused, with its place, in every format.

Each case is a page of its own in one project: the gate tells all of them in one run.
"""

import re
from pathlib import Path

import pytest

from tests.projects import Project

SECRET = "what-nobody-may-read"  # noqa: S105  # of no use to anybody
BELL, ESCAPE, TURN = "\a", "\x1b[31m", "\u202e"


def fenced(name: str, *lines: str) -> str:
    return "\n".join((f"```{{{name}}}", *lines, "```"))


def rest(*lines: str) -> str:
    return "\n".join(("````{eval-rst}", *lines, "````"))


def front(*lines: str) -> str:
    return "\n".join(("---", *lines, "---", "# Page"))


SILENCED = "% evidence-ignore: policy-directive, raw-html -- it is safe"
RUN = "{{ cycler.__init__.__globals__.os.popen('id').read() }}"
MARKDOWN: dict[str, tuple[str, str]] = {
    # Front matter.
    "substitution": (
        f"{front('myst: {enable_extensions: [substitution]}')}\n{RUN}", "front-matter"
    ),
    "substitutions": (front("myst: {substitutions: {a: b}}"), "front-matter"),
    "commonmark": (front("myst: {commonmark_only: true}"), "front-matter"),
    "front closed by dots": ("---\nmyst: {gfm_only: true}\n...\n# Page", "front-matter"),
    "front not closed": ("---\nmyst: {gfm_only: true}", "front-matter"),
    "front of more dashes": ("-----\nmyst: {gfm_only: true}\n-----\n# Page", "front-matter"),
    "front with words": ("--- x\nmyst: {gfm_only: true}\n---\n# Page", "front-matter"),
    "refresh": (front("myst: {html_meta: {'http-equiv=refresh': 0;url=//x}}"), "front-matter"),
    "policy": (front("myst: {html_meta: {'http-equiv=refresh ': x}}"), "front-matter"),
    "html_meta that is no table": (front("myst: {html_meta: [refresh]}"), "front-matter"),
    "notebook": (front("file_format: mystnb"), "front-matter"),
    # HTML.
    "script": ("<script>alert(1)</script>", "content"),
    "short comment": ("<!--><script>alert(1)</script>-->", "content"),
    "shorter comment": ("<!---><script>alert(1)</script>-->", "content"),
    "comment with a bang": ("<!-- --!><script>alert(1)</script> -->", "content"),
    "comment that is none": ("<!x><script>alert(1)</script>", "content"),
    "handler": ('<img src="x" onerror="alert(1)">', "content"),
    "handler in capitals": ("<p OnClick=alert(1)>x</p>", "content"),
    "frame": ('<iframe src="https://example.com"></iframe>', "content"),
    "document in a frame": ("<iframe srcdoc='<script>alert(1)</script>'></iframe>", "content"),
    "object": ('<object data="x.swf"></object>', "content"),
    "embed": ('<embed src="x.swf">', "content"),
    "form": ('<form action="https://example.com"><input name="a"></form>', "content"),
    "button that submits": ('<button formaction="https://example.com">x</button>', "content"),
    "base": ('<base href="https://example.com/">', "content"),
    "style": ("<style>body { display: none }</style>", "content"),
    "meta": ('<meta http-equiv="refresh" content="0;url=https://example.com">', "content"),
    "link": ('<link rel="stylesheet" href="https://example.com/x.css">', "content"),
    "video": ('<video src="https://example.com/x.mp4"></video>', "content"),
    "SVG": ("<svg><script>alert(1)</script></svg>", "content"),
    "animation": ('<svg><a><animate attributeName="href" values="x"/></a></svg>', "content"),
    "MathML": ('<math href="javascript:alert(1)">x</math>', "content"),
    "link that runs": ('<a href="javascript:alert(1)">x</a>', "content"),
    "link with a tab": ('<a href="java\tscript:alert(1)">x</a>', "content"),
    "link by letters": ('<a href="&#106;avascript:alert(1)">x</a>', "content"),
    "remote picture in HTML": ('<img src="//example.com/x.png" alt="x">', "content"),
    "ping": ('<a href="x" ping="https://example.com">x</a>', "content"),
    "template": ("<template><script>alert(1)</script></template>", "content"),
    # Directives.
    "raw": ("```{raw} html\n<script>alert(1)</script>\n```", "directive"),
    "raw with a class": ("```{raw} html\n:class: html-only\n\n<script>\n```", "directive"),
    "raw that is silenced": (f"{SILENCED}\n\n```{{raw}} html\n<script>\n```", "directive"),
    "raw latex": ("```{raw} latex\n\\input{/etc/passwd}\n```", "directive"),
    "raw typst": ('```{raw} typst\n#read("/etc/passwd")\n```', "directive"),
    "raw of a file": ("```{raw} html\n:file: ../secret.txt\n```", "directive"),
    "raw of an address": ("```{raw} html\n:url: https://example.com\n```", "directive"),
    "raw in reStructuredText": (rest(".. raw:: html", "", "   <script>"), "directive"),
    "raw in capitals": (rest(".. RAW:: html", "", "   <script>"), "directive"),
    "raw role": (rest(".. role:: x(raw)", "   :format: html", "", ":x:`<script>`"), "directive"),
    "default role": (rest(".. default-role:: strong", "", "`x`"), "directive"),
    "meta in reStructuredText": (rest(".. meta::", "   :http-equiv=refresh: 0"), "directive"),
    "date": (rest(".. |now| date::", "", "|now|"), "directive"),
    "header": (rest(".. header:: x"), "directive"),
    "table from an address": (fenced("csv-table", ":url: https://example.com/x.csv"), "directive"),
    "parser of a file": ("```{include} other.md\n:parser: antigravity\n```", "directive"),
    # Files.
    "include": ("```{include} ../secret.txt\n```", "directive"),
    "include of a process": ("```{include} /../../../../../../proc/self/environ\n```", "directive"),
    "include in reStructuredText": (rest(".. include:: ../secret.txt"), "directive"),
    "include of a device": ("```{include} /../../../../../../../dev/zero\n```", "directive"),
    "include as code": ("```{include} ../secret.txt\n:literal:\n```", "directive"),
    "literalinclude": ("```{literalinclude} ../secret.txt\n```", "file"),
    "difference": ("```{literalinclude} index.md\n:diff: ../secret.txt\n```", "file"),
    "table of a file": ("```{csv-table}\n:file: ../secret.txt\n```", "file"),
    "table of a file in reST": (rest(".. csv-table::", "   :file: ../secret.txt"), "file"),
    "record": ("```{editorial-record} ../secret.txt\n```", "file"),
    "questions": ("```{open-questions} ../secret.txt\n```", "file"),
    "download": ("{download}`x <../secret.txt>`", "file"),
    "download of configuration": ("{download}`x <../conf.py>`", "file"),
    "download in reStructuredText": (rest(":download:`x <../secret.txt>`"), "file"),
    "download of a page": ("{download}`x <page.html>`", "file"),
    "picture": ("![x](../secret.png)", "file"),
    "picture in a figure": ("```{figure} ../secret.png\n:alt: x\n\nWords\n```", "file"),
    "picture in reStructuredText": (rest(".. image:: ../secret.png", "   :alt: x"), "file"),
    "picture with a script": ("![x](script.svg)", "file"),
    "picture with a handler": ("![x](handler.svg)", "file"),
    "picture with words in HTML": ("![x](foreign.svg)", "file"),
    "picture with an entity": ("![x](entity.svg)", "file"),
    "picture that loads": ("![x](loads.svg)", "file"),
    "picture with a style that loads": ("![x](style.svg)", "file"),
    "picture with a link that runs": ("![x](link.svg)", "file"),
    "picture that is animated": ("![x](set.svg)", "file"),
    "picture that is no XML": ("![x](broken.svg)", "file"),
    # Addresses.
    "link in reStructuredText": (rest("`x <javascript:alert(1)>`__"), "address"),
    "target in reStructuredText": (rest("x_", "", ".. _x: javascript:alert(1)"), "address"),
    "address of data": (rest("`x <data:text/html,alert(1)>`__"), "address"),
    "address of a file": (rest("`x <file:///etc/passwd>`__"), "address"),
    "address of a program": ("[x](ms-msdt:id)", "address"),
    "address without a scheme": (rest("`x <//example.com>`__"), "address"),
    "target of a picture": ("```{image} good.png\n:alt: x\n:target: javascript:x\n```", "address"),
    "target in reST": (rest(".. image:: good.png", "   :target: javascript:x"), "address"),
    "remote picture": ("![x](https://example.com/x.png)", "address"),
    "remote picture without a scheme": ("![x](//example.com/x.png)", "file"),
    "remote figure": ("```{figure} https://example.com/x.png\n:alt: x\n\nWords\n```", "address"),
    "picture of data": ("![x](data:image/png;base64,AAAA)", "address"),
    "card": ("```{card} x\n:link: javascript:alert(1)\n\nx\n```", "address"),
    "button": ("```{button-link} javascript:alert(1)\nx\n```", "address"),
    "download from an address": ("{download}`x <ftp://example.com/x.pdf>`", "address"),
    # Characters.
    "turned": (f"Words {TURN}that turn.", "character"),
    "turned in a title": (f"# Page {TURN}title", "character"),
    "turned in alternative text": (f"![a {TURN} b](good.png)", "character"),
    "turned by a number": ("Words &#x202e;that turn.", "character"),
    "turned by a directive": (rest(".. |x| unicode:: 0x202E", "", "A |x| b."), "character"),
    "isolated": ("Words \u2066that turn.", "character"),
    "bell": (f"A {BELL}bell.", "character"),
    "escape": (f"An {ESCAPE}escape.", "character"),
    "private": ("A \ue000 letter.", "character"),
    "tag": ("A tag \U000e0041.", "character"),
}  # fmt: skip
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'
PICTURES = {
    "script": SVG.format("<script>alert(1)</script>"),
    "handler": SVG.format('<rect onload="alert(1)"/>'),
    "foreign": SVG.format("<foreignObject><p>x</p></foreignObject>"),
    "entity": '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SVG.format("&a;"),
    "loads": SVG.format('<image href="https://example.com/x.png"/>'),
    "style": SVG.format("<style>@import 'https://example.com/x.css';</style>"),
    "link": SVG.format('<use xlink:href="javascript:alert(1)"/>'),
    "set": SVG.format('<set attributeName="href" to="javascript:alert(1)"/>'),
    "broken": "<svg",
}
FORMATS = ("html", "pdf", "epub", "citations")


def hostile(project: Project) -> Project:
    project.write("secret.txt", SECRET)
    project.write("secret.png", SECRET)
    project.replace("conf.py", "'myst_parser', ", "'myst_parser', 'sphinx_design', ")
    project.append("conf.py", "myst_url_schemes = {'http': None, 'https': None, 'ms-msdt': None}\n")
    for name, text in PICTURES.items():
        project.write(f"docs/{name}.svg", text)
    project.write("docs/good.png", "a picture")
    project.write("docs/page.html", "<p>x")
    return project


def page(number: int) -> str:
    return f"page-{number:03}"


@pytest.mark.parametrize("builder", FORMATS)
def test_each_injection_is_refused(project: Project, builder: str) -> None:
    hostile(project)
    for number, (text, _) in enumerate(MARKDOWN.values()):
        whole = text if text.startswith("-") else f"# Page\n\n{text}\n"
        project.write(f"docs/{page(number)}.md", whole)
    project.append("docs/index.md", "\n```{toctree}\n:glob:\n\n*\n```\n")
    built = project.build(builder)
    assert built.status != 0
    assert SECRET not in built.text
    assert "Traceback" not in built.text
    missed = []
    for number, (name, (_, rule)) in enumerate(MARKDOWN.items()):
        places = rf"docs/(?:{page(number)}\.md|{name_of_picture(name)}):\d+"
        if not re.search(rf"(?m)^{places}.*\[evidence\.policy-{rule}\]", built.text):
            missed.append(name)
    assert missed == [], built.text
    if builder != "citations":
        assert "Nothing was written" in built.text
        for ending in ("html", "pdf", "epub"):
            assert list(built.out.rglob(f"*.{ending}")) == []


def name_of_picture(name: str) -> str:
    text = MARKDOWN[name][0]
    found = re.search(r"\((\w+\.svg)\)", text)
    return re.escape(found[1]) if found else "nothing"


SOUND = """\
---
tocdepth: 2
myst:
  html_meta:
    "description lang=en": A page
    "property=og:title": A page
---

# Sound

<!-- a comment -->

Words <!-- another comment -- with dashes --> and words.

[https](https://example.org), <mailto:a@example.org>, [page](index.md).

![A picture](good.png) and {download}`a file <files/table.csv>`.

![A drawing](drawing.svg)

```{literalinclude} part.txt
```

````{eval-rst}
A star\\* that is escaped, and a word\\ s.
````

{numref}`table-a`

```{csv-table} Words
:file: files/table.csv
:name: table-a
```

```{card} A card
:link: https://example.org/

Words
```

שלום, an e-mail sign ✉️, a family \U0001f468\u200d\U0001f469\u200d\U0001f467, Scotland
\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f, a soft\u00adhyphen.
"""
DRAWING = SVG.format(
    '<title>A</title><defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs>'
    '<style>.a { fill: url(#g) }</style><rect class="a" fill="url(#g)"/><use href="#g"/>'
)


def test_a_sound_page_is_built(project: Project) -> None:
    hostile(project)
    project.write("docs/sound.md", SOUND)
    project.write("docs/part.txt", "Some words.")
    project.write("docs/files/table.csv", "a,b")
    project.write("docs/drawing.svg", DRAWING)
    project.append("docs/index.md", "\n```{toctree}\nsound\n```\n")
    built = project.build("html")
    assert (built.status, built.text) == (0, "")
    assert "comment" not in (built.out / "sound.html").read_text("utf-8")


def test_a_project_allows_more(project: Project) -> None:
    project.append(
        "conf.py",
        "evidence_allow = {'directives': ['raw'], 'schemes': ['ftp'], 'files': ['zip'],"
        " 'front_matter': ['licence']}\n",
    )
    project.write("docs/x.zip", "x")
    project.write(
        "docs/index.md",
        "---\nlicence: mine\n---\n# Sample\n\n[x](ftp://example.org)\n\n{download}`x.zip`\n\n"
        "```{raw} latex\n\\newpage\n```\n",
    )
    assert project.build("citations").text == ""


def test_the_policy_without_the_checks(project: Project) -> None:
    project.write("conf.py", "extensions = ['myst_parser', 'sphinx_evidence.policy']\n")
    project.write("docs/index.md", f"# Sample\n\n{MARKDOWN['raw'][0]}\n")
    built = project.build("html")
    assert built.status == 1
    assert "[evidence.policy-directive]" in built.text


@pytest.mark.parametrize(
    ("allow", "message"),
    [
        ("{'directive': []}", 'There is no kind "directive". Did you mean directives'),
        ("{'schemes': 'ftp'}", '"schemes" has no list of names.'),
    ],
)
def test_a_setting_that_cannot_be(project: Project, allow: str, message: str) -> None:
    project.append("conf.py", f"evidence_allow = {allow}\n")
    assert message in project.build("html").text


@pytest.mark.parametrize("kind", ["page", "folder", "picture"])
def test_a_link_out_of_the_folder_is_refused(project: Project, kind: str, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x.md").write_text(SECRET, "utf-8")
    names = {"page": "x.md", "folder": "x", "picture": "x.png"}
    link = project.root / "docs" / names[kind]
    link.symlink_to(outside if kind == "folder" else outside / "x.md")
    built = project.build("html")
    assert built.status == 1
    assert f"docs/{names[kind]}:1: ERROR: This is a link to a place outside" in built.text


def test_names_in_another_language(project: Project) -> None:
    project.append("conf.py", "language = 'fr'\n")
    project.write("secret.txt", SECRET)
    text = ".. brut:: html\n\n   <script>\n\n.. inclure:: ../secret.txt\n"
    project.write("docs/index.rst", f"Sample\n======\n\n{text}")
    (project.root / "docs/index.md").unlink()
    built = project.build("html")
    assert built.status == 1
    for name in ("brut", "inclure"):
        assert f"Pages may not use the directive {{{name}}}." in built.text
