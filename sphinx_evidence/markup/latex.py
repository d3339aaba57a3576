"""Commands of LaTeX, of which Markdown and reStructuredText know none."""

import re
from collections.abc import Iterator

from sphinx_evidence.markup.slip import Slip, quoted
from sphinx_evidence.rulebook.rule import Rule

_CITE = r"(?:auto|foot|full|no|paren|smart|super|text)?[cC]ite[a-z]*"
_REF = r"(?:[acCv]|auto|eq|name|page|sub)?ref"
_COMMAND = re.compile(
    rf"(?P<name>{_CITE}|{_REF}|begin|caption|chapter|emph|footnote|href|label|paragraph"
    r"|(?:sub){0,2}section|text(?:bf|it|sc|tt)|underline|url)"
    r"\*?(?P<options>(?:\[[^\[\]]*\]){0,2})\{(?P<in>[^{}]*)\}(?P<second>\{[^{}]*\})?"
)
_NARRATIVE = re.compile(r"(?:text)?[cC]ite(?:t|text|author)\b|textcite")


def find_latex(text: str, markup: str) -> Iterator[Slip]:
    """Every command; reStructuredText has taken its backslash away."""
    for found in _COMMAND.finditer(text):
        if markup == "myst" and text[found.start() - 1 : found.start()] != "\\":
            continue
        shown = f"\\{found[0]}"
        wrong = f"{quoted(shown)} is a command of LaTeX, so readers would see it."
        remedy = f"Write {_right(found, markup)}"
        yield Slip(Rule.MARKUP_LATEX, shown, wrong, remedy)


def _right(found: re.Match[str], markup: str) -> str:
    name, inside = found["name"].rstrip("*"), found["in"].strip()
    if re.fullmatch(_CITE, name):
        return _cited(name, inside, found["options"], markup)
    if re.fullmatch(_REF, name):
        number, title = (_role(kind, inside, markup) for kind in ("numref", "ref"))
        return f"{number} for a number, {title} for a title"
    if name == "begin":
        if re.fullmatch(r"equation|align|gather|multline|eqnarray", inside.rstrip("*")):
            return "the formula in a directive math."
        return "it in Markdown." if markup == "myst" else "it in reStructuredText."
    plain = {
        "emph": f"*{inside}*", "textit": f"*{inside}*", "textbf": f"**{inside}**",
        "texttt": f"`{inside}`" if markup == "myst" else f"``{inside}``",
        "url": f"<{inside}>" if markup == "myst" else inside,
    }  # fmt: skip
    if markup == "myst":
        plain |= {
            "label": f"({inside})= in the line before what it names",
            "footnote": f"[^note] here, and [^note]: {inside} after an empty line",
            "href": f"[{(found['second'] or '{words}')[1:-1]}]({inside})",
            "chapter": f"# {inside}", "section": f"## {inside}", "subsection": f"### {inside}",
        }  # fmt: skip
    else:
        plain |= {
            "label": f".. _{inside}: in the line before what it names",
            "footnote": f"[#note]_ here, and .. [#note] {inside} after an empty line",
            "href": f"`{(found['second'] or '{words}')[1:-1]} <{inside}>`_",
        }
    return plain.get(name, f"{inside} without the command")


def _role(name: str, target: str, markup: str) -> str:
    return f"{{{name}}}`{target}`" if markup == "myst" else f":{name}:`{target}`"


def _cited(name: str, inside: str, options: str, markup: str) -> str:
    """The role for a citation: of two options, the first stands before the work."""
    if name == "nocite" and inside == "*":
        return ":all: as an option of the directive bibliography"
    kind = "cite:t" if _NARRATIVE.fullmatch(name) else "cite:p"
    kind = "cite:empty" if name == "nocite" else kind
    parts = [f"{{{one}}}" * bool(one) for one in re.findall(r"\[([^\[\]]*)\]", options)]
    before = parts[0] if len(parts) > 1 else ""
    after = parts[-1] if parts else ""
    keys = ",".join(key.strip() for key in inside.split(","))
    return _role(kind, f"{before}{keys}{after}", markup)
