"""Pages and pictures that do what data from strangers must not, each with the rule that says so."""

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
    "style that loads": ('<p style="background: url(//example.com)">x</p>', "content"),
    "style that imports": ('<p style="a: image-set(b)">x</p>', "content"),
    "drawing that loads": ('<svg><use href="https://example.com/x.svg#a"/></svg>', "content"),
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
    "literalinclude with a bracket": ("```{literalinclude} <x/../../secret.txt\n```", "file"),
    "difference": ("```{literalinclude} index.md\n:diff: ../secret.txt\n```", "file"),
    "table of a file": ("```{csv-table}\n:file: ../secret.txt\n```", "file"),
    "table of a file in reST": (rest(".. csv-table::", "   :file: ../secret.txt"), "file"),
    "table of a file of the machine": ("```{csv-table}\n:file: /etc/passwd\n```", "file"),
    "record": ("```{editorial-record} ../secret.txt\n```", "file"),
    "questions": ("```{open-questions} ../secret.txt\n```", "file"),
    "record with a bracket": ("```{editorial-record} <x/../../secret.txt\n```", "file"),
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
    "picture of any kind": ("![x](script.*)", "file"),
    "picture with HTML": ("![x](xhtml.svg)", "file"),
    "picture with a bomb": ("![x](bomb.svg)", "file"),
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
    "contents that run": ("```{toctree}\nx <javascript://%0aalert(1)>\n```", "address"),
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
# What reads a file, where a project allows more than the list of the extension. As for every case
# above, "../secret.txt" lies beside the folder of the pages, and "link.txt" is a link to it.
_READERS = {
    "include": "```{{include}} {}\n```",
    "include as code": "```{{include}} {}\n:code: text\n```",
    "include as it is": "```{{include}} {}\n:literal:\n```",
    "include in reStructuredText": "````{{eval-rst}}\n.. include:: {}\n````",
    "include as it is in reST": "````{{eval-rst}}\n.. include:: {}\n   :literal:\n````",
    "literalinclude": "```{{literalinclude}} {}\n```",
    "table": "```{{csv-table}}\n:file: {}\n```",
    "raw": "```{{raw}} html\n:file: {}\n```",
    "picture": "![x]({})",
    "figure": "```{{figure}} {}\n:alt: x\n\nWords\n```",
}
_NAMES = {
    "beside": "../secret.txt",
    "from the root": "/../secret.txt",
    "of the machine": "{secret}",
    "by a link": "link.txt",
    "with a bracket": "<x/../../secret.txt",
    "from docutils": "<../../../../../../../../../../../../../../../..{secret}>",
}
READ = {
    f"{reader}, {name}": (_READERS[reader], _NAMES[name])
    for reader in _READERS
    for name in _NAMES
    # For pictures, the root is always that of the pages, and a bracket is Markdown's own.
    if reader not in {"picture", "figure"} or name in {"beside", "from the root", "by a link"}
}
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
    "xhtml": SVG.format('<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>'),
    "bomb": '<!DOCTYPE svg [<!ENTITY a "x">]>' + SVG.format("<text>&a;</text>"),
    "broken": "<svg",
}
