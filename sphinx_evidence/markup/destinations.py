"""Links whose words were closed and whose address was begun, but not read to its end."""

import re
from collections.abc import Iterator

from sphinx_evidence.markup.addresses import ADDRESS, ENDINGS
from sphinx_evidence.markup.slip import Slip, broken_link

_BEGUN = re.compile(r"\]\((?P<rest>[^\n]{0,500})")
_REFUSED = re.compile(r"(?:file|data|javascript|vbscript):", re.IGNORECASE)  # by markdown-it
_QUOTES = "\"“”'‘’"
_FILE_WITH_SPACE = re.compile(
    rf"[^\s()<>][^()<>.,;]*\s[^()<>,;]*\.(?:{ENDINGS})(?:#\S*)?(?=\)|\s*$)"
)


def find_destinations(text: str) -> Iterator[tuple[int, Slip]]:
    """Every link that ends wrongly, with the offset of the bracket before its address."""
    for found in _BEGUN.finditer(text):
        opened = text.rfind("[", 0, found.start())
        words = text[opened + 1 : found.start()] if opened >= 0 else ""
        mended = _mended(found["rest"])
        if opened < 0:
            address = re.match(rf"{ADDRESS}\)", found["rest"])
            if address:
                whole = f"]({address[0]}"
                yield (
                    found.start(),
                    broken_link(whole, whole, "its [ is missing", f"[words]({address[0]}", ""),
                )
        elif mended:
            what, read, new = mended
            sign = f"]({read}" + ")" * found["rest"].removeprefix(read).startswith(")")
            whole = f"[{words}{sign}"
            right = f"[{words.strip()}]({new})"
            yield found.start(), broken_link(whole, sign, what, right, "[")


def _mended(rest: str) -> tuple[str, str, str] | None:
    """What is wrong behind ``](``, as far as it was meant as the address, and the right address."""
    if angle := re.match(rf"<({ADDRESS})(?=[\s)]|$)", rest):
        return "its > is missing", angle[0], f"<{angle[1]}>"
    if spaced := _FILE_WITH_SPACE.match(rest):
        return "its address has a space", spaced[0], f"<{spaced[0]}>"
    address = re.match(ADDRESS, rest)
    if not address:
        return None
    first, tail = address[0], rest[address.end() :]
    if tail.startswith(")"):
        refused = _REFUSED.match(first)
        return ("an address of this kind is not allowed", first, "https://…") if refused else None
    if tail.startswith("("):
        whole = re.split(r"\s", rest, maxsplit=1)[0].rstrip(".,;:")
        fits = whole.count("(") < whole.count(")")
        return None if fits else ("a ) is missing, as its address has brackets", whole, whole)
    return _untitled(first, tail) or (
        "its ) is missing",
        first.rstrip(".,;:"),
        first.rstrip(".,;:"),
    )


def _untitled(first: str, tail: str) -> tuple[str, str, str] | None:
    """What is wrong with the title behind an address, or with an address that has a space."""
    inside, closed, _ = tail.partition(")")
    title = inside.strip()
    if title[:1] and title[0] in _QUOTES:
        words = title.strip(_QUOTES)
        return "its title is not closed", f"{first}{inside}", f'{first} "{words}"'
    if not closed or not title or re.search(r"[(.,;:]", title):
        return None
    whole = first + inside
    if re.match(r"https?://[^/]+/", first):
        return "its address has a space", whole, f"<{whole}>"
    return "its title stands in no quotation marks", whole, f'{first} "{title}"'
