"""The numbers of a volume, its issue and pages, in every order that lists print; pure.

Every repetition is bounded.
"""

import re

RANGE = (  # 4–9, e123, L12, the numbers of SAGE
    r"(?:\d{7}X\d{8}|(?:[A-Za-z]{0,2}\.?|[a-z]{3,4})\d{1,8}(?:[A-Z]{2}\d{4,7})?"
    r"(?:\s?[–—-]{1,2}\s?[A-Za-z]?\d{1,7})?)"
)
_VOLUME = r"(?:vol(?:ume)?\.?\s|Bd\.?\s)?(?P<volume>\d{1,4}|[IVXLC]{1,7}(?=[\s(,:]))"
_ISSUE = r"(?P<issue>[\w][\w\s/.,–-]{0,19})"
_PAGES = rf"(?:(?:pp?|S)\.\s?|Article\s|Art\.\s?|e-?article\s)?(?P<pages>{RANGE})(?![\w–-])"
YEAR = r"(?:1[5-9]|20)\d\d"
_PLACES = (
    # Vancouver and MDPI, with the year first: 2001 Jan;4(2):3–9, and 2023, 183, 103–120
    re.compile(
        rf"\b{YEAR}(?:\s[^\W\d_]{{3,9}}\.?(?:\s\d{{1,2}})?)?\s?[,;]\s?{_VOLUME}"
        rf"(?:\s?\({_ISSUE}\))?\s?[,:]\s?{_PAGES}"
    ),
    # Chicago and MLA: 12, no. 3 (1961): 4–9
    re.compile(
        rf"(?<![\d/]){_VOLUME},?\s(?:no|issue|Nr)\.?\s?(?P<issue>\d{{1,4}}(?:[/–-]\d{{1,4}})?)"
        rf"(?:\s?\([^()]{{0,30}}\))?(?:\s?[:,]\s?(?:[^\W\d_]{{0,12}}\.?\s?\d{{4}},\s)?{_PAGES})?"
    ),
    # 12 3, 4–9, as some programs write the number
    re.compile(rf"(?<![\d/(.])(?P<volume>\d{{1,4}})\s(?P<issue>\d{{1,3}}),\s?{_PAGES}"),
    # APA and Harvard: 12(3), 4–9, and 12 (3): 4–9
    re.compile(
        rf"(?<![\d/])(?<!\d\.){_VOLUME}\s?(?:\({_ISSUE}\))?(?:\s?\({YEAR}\))?\s?[:,]\s?{_PAGES}"
    ),
    re.compile(r"(?<![\d/(])(?P<volume>\d{1,4})\s?\((?P<pages>[a-z]?\d{5,9})\)"),  # 7(1359906)
    re.compile(rf"(?<![\d/(])(?P<volume>\d{{1,4}})\s?\({_ISSUE}\)(?=[\s.,]|$)"),
    # pages alone: Skies, 4–9
    re.compile(
        rf"(?<=[^\W\d_]),\s(?P<volume>)(?P<pages>(?!{YEAR})\d{{1,5}}\s?[–-]\s?\d{{1,5}})[\s.]*$"
    ),
)


def locus_in(text: str, start: int) -> re.Match[str] | None:
    """The numbers of a volume behind an offset; a year is none."""
    for pattern in _PLACES:
        for found in pattern.finditer(text, start):
            if not re.fullmatch(YEAR, found["volume"]):
                return found
    return None


def whole_range(pages: str) -> str:
    """``140-53`` is short for ``140-153``."""
    parts = re.split(r"\s?[–—-]{1,2}\s?", pages)
    if len(parts) != 2:  # noqa: PLR2004
        return pages
    first, last = parts
    if first.isdigit() and last.isdigit() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return f"{first}–{last}"
