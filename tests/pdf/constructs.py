# ruff: noqa: E501  # what authors type stands on one line
"""Every construct that authors are offered: what they type, and the words that must arrive.

Or the message that refuses it by name. None may go missing without a word.
"""

ADMONITIONS = (
    "attention",
    "caution",
    "danger",
    "error",
    "hint",
    "important",
    "note",
    "tip",
    "warning",
)

# A name -> Markdown, words of the PDF.
RENDERED = {
    "pipe table": ("| a | b |\n| --- | ---: |\n| c | d |", "a b c d"),
    "csv table": ("```{csv-table} Cap\n:header: a,b\n:stub-columns: 1\n1,2\n```", "Cap a b 1 2"),
    "titled table": ("```{table} Cap\n| a |\n| - |\n| c |\n```", "Cap a c"),
    "list table": ("```{list-table}\n* - a\n  - b\n* - c\n  -\n```", "a b c"),
    "table with spans": (
        "```{eval-rst}\n+---+---+\n| A     |\n+===+===+\n| b | c |\n|   +---+\n|   | d |\n+---+---+\n```",
        "A b c d",
    ),
    "table in a table": (
        "````{list-table}\n* - out\n  - ```{list-table}\n    * - in\n      - side\n    ```\n````",
        "out in side",
    ),
    "lists in lists": ("1. one\n   - two\n     1. three\n        - four", "1. one • two 1. three ‣ four"),
    "definition list": ("Term\n: One\n: Two\n\n  - inner", "Term One Two • inner"),
    "footnote": ("Text[^a].\n\n[^a]: Note\n\n    > quoted", "Text1 1Note quoted ."),
    "card": (
        ("```{card} Title\n:link: https://example.org/\nBody\n```\n"
        "````{card}\n```{card-header}\nHead\n```\nIn\n```{card-footer}\nFoot\n```\n````"),
        "Title Body Head In Foot",
    ),
    "card with a picture": ("```{card} T\n:img-top: picture.svg\n:img-alt: Square\nB\n```", "T B"),
    "grid": (
        "::::{grid} 2\n:::{grid-item}\nA\n:::\n:::{grid-item-card} T\nB\n:::\n::::",
        "A T B",
    ),
    "card carousel": (
        "::::{card-carousel} 2\n:::{card} A\nx\n:::\n:::{card} B\ny\n:::\n::::",
        "A x B y",
    ),
    "dropdown": ("```{dropdown} Title\nInside\n```\n```{dropdown}\nBare\n```", "Title Inside Bare"),
    "accordion": (
        "::::{accordion}\n:::{dropdown} One\nx\n:::\n:::{dropdown} Two\ny\n:::\n::::",
        "One x Two y",
    ),
    "steps": (
        "::::{steps}\n:::{step} First\nDo\n:::\n:::{step} Then\nRest\n:::\n::::",
        "1. First Do 2. Then Rest",
    ),
    "tabs": (
        "::::{tab-set}\n:::{tab-item} One\nFirst\n:::\n:::{tab-item} Two\nSecond\n:::\n::::",
        "One First Two Second",
    ),
    "tabs of code": ("::::{tab-set-code}\n```{code-block} python\nx=1\n```\n::::", "PYTHON x=1"),
    "buttons": (
        "```{button-link} https://example.org/\nAway\n```\n\n```{button-ref} index\n:ref-type: doc\nHome\n```",
        "Away Home",
    ),
    "badges": ("{bdg-primary}`New` {bdg-link-info}`Site <https://example.org/>`", "New Site"),
    "picture": ("```{image} picture.svg\n:alt: A\n:width: 50%\n:align: right\n```\nAfter", "After"),
    "figure": ("```{figure} picture.svg\n:alt: A\nCap\n\nLegend\n```", "Cap Legend"),
    "figure in Markdown": ("```{figure-md}\n![A](picture.svg)\n\nCap\n```", "Cap"),
    "code": ("```python\nx = 1\n```\n```{sourcecode} c\ny\n```\n```{code} c\nz\n```", "x = 1 y z"),
    "code with a caption": ("```{code-block} c\n:caption: Cap\n:name: li\nx\n```\nSee {numref}`li`.", "Listing 1. Cap x See Listing 1."),
    "session": ("```{eval-rst}\n>>> 1 + 1\n2\n```", ">>> 1 + 1 2"),
    "manual page": ("{manpage}`ls(1)` lists", "ls(1) lists"),
    "for search engines": ("```{eval-rst}\n.. meta::\n   :description: hidden\n```\nShown", "Shown"),
    "citation": ("```{eval-rst}\nAs [Ada]_ says.\n\n.. [Ada] An entry.\n```", "As [Ada] says. [Ada] An entry."),
    "terms of one meaning": ("```{glossary}\none\ntwo\n  Meaning\n```", "one two Meaning"),
    "included": ("```{literalinclude} words.txt\n```\n```{include} words.txt\n```", "words words"),
    "parsed literal": ("```{parsed-literal}\na *b* c\n```", "a b c"),
    "quotation": ("> Words\n>\n> More", "Words More"),
    "epigraph": ("```{epigraph}\nWords\n\n-- Author\n```", "Words — Author"),
    "pull quote": ("```{pull-quote}\nA\n```\n```{highlights}\nB\n```", "A B"),
    "inline HTML": ("A <b>bold</b> <!-- silent --> word.", "A bold word."),
    "HTML for the site": ("```{raw} html\n:class: html-only\n<b>hidden</b>\n```\nShown", "Shown"),
    "raw for others": ("```{raw} latex\n\\x\n```\n```{raw} typst\n#upper[own]\n```", "OWN"),
    "hard break": ("one\\\ntwo", "one two"),
    "lines": ("```{line-block}\none\ntwo\n```", "one two"),
    "field list": (":a: b\n:c: d", "a: b c: d"),
    "admonitions": (
        "".join(f"```{{{kind}}}\n{kind}s\n```\n" for kind in ADMONITIONS)
        + "```{seealso}\nthat\n```\n```{admonition} Own\nX\n```",
        "Caution cautions Danger dangers",
    ),
    "admonition in another": ("````{note}\n```{tip}\nX\n```\n````", "Note Tip X"),
    "box": ("```{box} Title\n:name: b\nWords\n```\nSee {numref}`b`.", "Box 1: Title Words See Box 1."),
    "glossary": ("```{glossary}\nterm\n  Meaning\n```\nA {term}`term`.", "term Meaning A term."),
    "versions": (
        ("```{versionadded} 1.0\nNew\n```\n```{versionchanged} 2.0\n```\n```{deprecated} 3.0\nOld\n```\n"
        "```{versionremoved} 4.0\n```\n```{version-added} 5.0\n```\n```{version-changed} 6.0\n```\n"
        "```{version-deprecated} 7.0\n```\n```{version-removed} 8.0\n```"),
        "Added in version 1.0: New Changed in version 2.0.",
    ),
    "substitution": ("{{ key }} it is", "value it is"),
    "grammar": ('```{eval-rst}\n.. productionlist::\n   a: `b` c\n   b: "x"\n```', "a ::= b c"),
    "lists side by side": ("```{hlist}\n- a\n- b\n- c\n```", "• a • b • c"),
    "thanks": ("```{acks}\n- Ada\n- Bob\n```", "• Ada • Bob"),
    "centred": ("```{centered} Centred text\n```", "Centred text"),
    "only": ("```{only} pdf\nShown\n```\n```{only} html\nhidden\n```", "Shown"),
    "for the site": ("```{container} html-only\nhidden\n```\n```{container} c\nShown\n```", "Shown"),
    "set apart": (
        ("```{rubric} R\n```\n```{topic} T\nx\n```\n```{sidebar} S\ny\n```\n```{aside} A\nz\n```\n"
        "```{div} c\nd\n```\n```{compound}\ne\n```"),
        "R T x S y",
    ),
    "rule": ("a\n\n***\n\nb", "a b"),
    "headings": ("## A\n\n### B\n\n#### C\n\n##### D", "A B C D"),
    "contents of a page": ("```{contents}\n:local:\n```\n\n## Sub", "Sub"),
    "roles": (
        ("{kbd}`Ctrl` {guilabel}`Open` {menuselection}`A --> B` {file}`a/b` {command}`ls` {dfn}`d` "
        "{samp}`s` {pep}`8` {rfc}`9` {code}`x` {abbr}`W (Who)` {sub}`l` {sup}`h` {index}`word`"),
        "Ctrl Open A ‣ B a/b ls d s PEP 8 RFC 9 x W (Who) l h word",
    ),
    "other languages": ("A [mot juste]{.language-fr}.\n\n{.language-de}\nGuten Tag.", "A mot juste. Guten Tag."),
    "silent": (
        ("```{index} word\n```\n```{tabularcolumns} |l|\n```\n```{sectionauthor} A\n```\n```{codeauthor} A\n```\n"
        "```{moduleauthor} A\n```\n```{highlight} c\n```\n```{title} T\n```\n% remark\n\nShown"),
        "Shown",
    ),
    "classes": ("```{cssclass} c\n```\n```{rst-class} d\n```\n\nShown", "Shown"),
    "own roles": ("```{role} loud(strong)\n```\n```{default-role} emphasis\n```\n{loud}`x`", "x"),
    "a page below": ("```{toctree}\n```\nShown", "Shown"),
    "right to left": ("שלום עולם, and مرحبا بالعالم.", "שלום עולם, and مرحبا بالعالم."),
    "emoji": ("🙂 👍", "🙂 👍"),
}  # fmt: skip

# A name -> Markdown, the line that the message names, what it says.
REFUSED = {
    "formula": ("{math}`x^2`", 3, "no rule for <math>"),
    "formula on its own": ("```{math}\nx^2\n```", 3, "no rule for <math_block>"),
    "HTML": ("<div>lost words</div>", 3, "cannot set raw HTML: <div>lost words</div>"),
    "raw HTML": ("```{raw} html\n<b>lost</b>\n```", 3, "cannot set raw HTML: <b>lost</b>"),
    "unknown tag": ("A List<String> here", 3, "cannot set raw HTML: <String>"),
    "HTML image": ("<img src='x'>", 3, "cannot set raw HTML: <img"),
    **{
        f"<{tag}>": (f"A <{tag} href='x'>word</{tag}>.", 3, f"cannot set raw HTML: <{tag} href='x'>")
        for tag in ("a", "abbr", "del", "ins", "q", "s", "sub", "sup")
    },
    "heading without words": ("## ![A](picture.svg)", 3, "the heading has no words"),
    "width": ("```{image} picture.svg\n:alt: A\n:width: 9vw\n```", 3, "a width that the PDF cannot have: 9vw"),
    "icon": ("{octicon}`alert` {fas}`spinner`", 3, "cannot set an icon; say in words"),
    "other icon": ("{fas}`spinner`", 3, "cannot set an icon; say in words"),
    "article info": ("```{article-info}\n:author: Ada\n:date: May\n```", 3, "cannot set an icon"),
    "download": ("{download}`words.txt`", 3, "cannot hold words.txt"),
    "GIF": ("![A](picture.gif)", 3, "not an SVG, PNG or JPEG file"),
    "remote picture": ("![A](https://example.org/x.png)", 3, "not an SVG, PNG or JPEG file"),
    "card's picture without words": ("```{card} T\n:img-top: picture.svg\nB\n```", 3, "no alternative text"),
    "function": ("```{py:function} f(x)\nDoc\n```", 4, "no rule for <desc>"),
    "described thing": ("```{describe} f(x)\nDoc\n```", 4, "no rule for <desc>"),
    "page header": ("```{header}\nH\n```\n\nX", 3, "no rule for <decoration>"),
    "page footer": ("```{footer}\nH\n```\n\nX", 3, "no rule for <decoration>"),
    "numbers of sections": ("```{sectnum}\n```\n\nX", 1, "no rule for <generated>"),
}  # fmt: skip

# Directives that show nothing of their own, or that MyST refuses before any builder is asked.
NOT_SHOWN = {
    "class": "means a Python class in MyST",
    "date": "within reStructuredText substitutions only",
    "meta": "MyST has the front matter for it",
    "replace": "within reStructuredText substitutions only",
    "restructuredtext-test-directive": "of docutils' own tests",
    "target-notes": "needs reStructuredText targets",
    "unicode": "within reStructuredText substitutions only",
}
