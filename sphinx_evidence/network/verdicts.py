"""What an answer says of a link: ok, moved, gone, blocked, broken anchor or unknown.

Status codes are those of RFC 9110; only what says plainly that a page is not there is *gone*.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import StrEnum
from http import HTTPStatus

GONE = {404, 410}
LONGEST_PACE = 30.0  # seconds: who asks for more has a fault
_RATE = re.compile(r"[0-9]{1,9}")
# 401, 403: not for everyone; 407: a proxy; 429: too many; 451: for legal reasons; 999: LinkedIn.
BLOCKED = {401, 403, 407, 429, 451, 999}
PERMANENT = {301, 308}
REDIRECTS = {301, 302, 303, 307, 308}
# By which a wall against robots is known, whatever its status.
WALLS = {"cf-mitigated": "challenge", "x-amzn-waf-action": "challenge", "x-datadome": "protected"}


class Verdict(StrEnum):
    """What is known of a link after it was asked."""

    OK = "ok"
    MOVED = "moved"
    GONE = "gone"
    BLOCKED = "blocked"
    ANCHOR = "broken anchor"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Answer:
    """The verdict on one address, and why; ``moved_to`` is where its redirects end.

    ``permanent`` says that each redirect on the way was; ``missing`` are anchors not found.
    """

    verdict: Verdict
    reason: str = ""
    moved_to: str = ""
    permanent: bool = False
    missing: frozenset[str] = frozenset()


def of_status(status: int, headers: Mapping[str, str]) -> Answer:
    """The answer of a status that is no redirect."""
    reason = said(status)
    if any(value in headers.get(name, "").lower() for name, value in WALLS.items()):
        return Answer(Verdict.BLOCKED, f"{reason}, a wall against robots")
    if 200 <= status < 300:  # noqa: PLR2004  # the class of success
        return Answer(Verdict.OK, reason)
    if status in GONE:
        return Answer(Verdict.GONE, reason)
    return Answer(Verdict.BLOCKED if status in BLOCKED else Verdict.UNKNOWN, reason)


def said(status: int) -> str:
    """A status as people read it: ``404 Not Found``."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def retry_after(value: str, now: float) -> float | None:
    """Seconds to wait by a Retry-After header (RFC 9110, 10.2.3), in either of its forms."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        return max(parsedate_to_datetime(value).timestamp() - now, 0.0)
    except ValueError:
        return None


def pace(headers: Mapping[str, str]) -> float:
    """Seconds between two requests by the rate that a registry gives in its headers; 0 for none.

    Crossref: X-Rate-Limit-Limit and -Interval (https://www.crossref.org/documentation/
    retrieve-metadata/rest-api/); NCBI: X-RateLimit-Limit, a second.
    """
    limit = headers.get("X-Rate-Limit-Limit") or headers.get("X-RateLimit-Limit") or ""
    interval = headers.get("X-Rate-Limit-Interval", "1s").removesuffix("s")
    if not (_RATE.fullmatch(limit) and _RATE.fullmatch(interval) and int(limit)):
        return 0.0
    return min(int(interval) / int(limit), LONGEST_PACE)
