"""Ask one address, without following where it sends: HEAD, then GET, with retries and manners.

aiohttp speaks HTTP, tenacity repeats.
"""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from socket import EAI_NONAME, gaierror
from typing import Self
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import aiohttp
from aiohttp import hdrs
from protego import Protego
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_result,
    stop_after_attempt,
    wait_exponential,
)
from yarl import URL

from sphinx_evidence.network import verdicts
from sphinx_evidence.network.anchors import Anchors, decoder
from sphinx_evidence.network.clock import Clock
from sphinx_evidence.network.politeness import Host, Hosts, Settings
from sphinx_evidence.network.verdicts import Answer, Verdict

TRIES = 3
MOST = 2_000_000  # bytes of a page in which an anchor is looked for
LONGEST = 65_536  # bytes of a header, as browsers allow; some hosts list all their guests in one
UNKNOWN_HOST = "there is no host of this name"
SILENT = "no answer in time"
NO_NAME = {EAI_NONAME, -5}  # -5: EAI_NODATA, which not every system names
_backoff = wait_exponential(multiplier=0.5, max=60)
_KEPT = "!#$%&'()*+,/:;=?@[]~"  # the letters of RFC 3986 with a meaning of their own


@dataclass(frozen=True)
class Reply:
    """What came of asking once: an answer, or where the redirect leads."""

    answer: Answer
    status: int = 0
    location: str = ""
    again: bool = False  # it may be better in a moment
    wait: float | None = None  # seconds after which the host wants to be asked again
    reached: bool = True  # whether there was anybody to answer
    body: bytes = field(default=b"", repr=False)  # of an interface that is made for programs

    @property
    def payload(self) -> object:
        """The JSON of the body; None where it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None


class Client:
    """One session for a run; at most ``workers`` requests are under way."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        """Open no connection yet."""
        self.settings, self.clock = settings, clock
        self.hosts = Hosts(settings, clock)
        self._workers = asyncio.Semaphore(settings.workers)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=0,
                resolver=aiohttp.ThreadedResolver(),  # whose faults have numbers
                ssl=settings.tls_verify,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={
                hdrs.USER_AGENT: settings.user_agent,
                hdrs.ACCEPT: "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8",
            },
            timeout=aiohttp.ClientTimeout(total=settings.timeout),
            trust_env=True,  # many offices have a proxy
            max_field_size=LONGEST,
            max_line_size=LONGEST,
        )

    async def __aenter__(self) -> Self:
        """Begin a run."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close every connection."""
        await self._session.close()

    async def ask(self, address: str, anchors: Collection[str] = ()) -> Reply:
        """Ask an address of which ``anchors`` are wanted; its body is read for these only."""
        try:
            urlsplit(address).port  # noqa: B018  # raises where it is no number
        except ValueError:
            return Reply(Answer(Verdict.UNKNOWN, "the address is malformed"))
        refused = await self._refused_to_robots(address)
        return refused or await self._retried(address, anchors)

    async def data(self, address: str) -> Reply:
        """Ask an interface that is made for programs; ``body`` is what it sent."""
        return await self._retried(address, None)

    async def record(self, address: str) -> Reply:
        """As `data`, where robots.txt allows that."""
        return await self._refused_to_robots(address) or await self.data(address)

    async def reaches(self, address: str) -> bool:
        """Whether anybody answers at an address, whatever the answer is."""
        return (await self._once("HEAD", address, ())).reached

    async def _retried(self, address: str, anchors: Collection[str] | None) -> Reply:
        host = self.hosts.of(address)

        def pause(state: RetryCallState) -> float:
            reply: Reply = state.outcome.result()  # type: ignore[union-attr]  # there was an outcome
            return _backoff(state) if reply.wait is None else reply.wait

        retrying = AsyncRetrying(
            sleep=self.clock.sleep,
            stop=stop_after_attempt(TRIES),
            wait=pause,
            retry=retry_if_result(lambda reply: reply.again),
            retry_error_callback=lambda state: state.outcome.result(),  # type: ignore[union-attr]  # as above
        )
        return await retrying(self._by_methods, host, address, anchors)

    async def _by_methods(self, host: Host, address: str, anchors: Collection[str] | None) -> Reply:
        """HEAD, and GET where that was refused or a body is needed."""
        if anchors is not None and not anchors and not host.refuses_head:
            reply = await self._once("HEAD", address, ())
            # Who says nothing to HEAD may still answer GET.
            silent = reply.answer.reason == SILENT
            lost = not reply.reached and not silent
            if reply.answer.verdict is Verdict.OK or reply.location or lost:
                return reply
            if reply.wait is not None or reply.status == 429:  # noqa: PLR2004  # too many already
                return reply
            host.refuses_head = silent or reply.status in {405, 501}
        return await self._once("GET", address, anchors)

    async def _once(self, method: str, address: str, anchors: Collection[str] | None) -> Reply:
        host = self.hosts.of(address)
        try:
            async with self._request(host, method, address) as response:
                return await self._read(host, response, address, anchors)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return fault(error)

    @asynccontextmanager
    async def _request(
        self, host: Host, method: str, address: str
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        # As it is written: some hosts tell %2C from a comma.
        written = URL(address, encoded=address.isascii() and " " not in address)
        async with (
            host.turn(),
            self._workers,
            self._session.request(method, written, allow_redirects=False) as response,
        ):
            yield response

    async def _read(
        self,
        host: Host,
        response: aiohttp.ClientResponse,
        address: str,
        anchors: Collection[str] | None,
    ) -> Reply:
        status, headers = response.status, response.headers
        host.pause_at_least(verdicts.pace(headers))
        if status in verdicts.REDIRECTS:
            location = target(address, headers.get(hdrs.LOCATION, ""))
            if location:
                return Reply(Answer(Verdict.MOVED), status, location)
            reason = f"{verdicts.said(status)}, which does not say where to"
            return Reply(Answer(Verdict.UNKNOWN, reason), status)
        answer = verdicts.of_status(status, headers)
        wait = verdicts.retry_after(headers.get(hdrs.RETRY_AFTER, ""), self.clock.now())
        if status in {429, 503} and answer.reason == verdicts.said(status):
            if wait is not None and wait > self.settings.longest_wait:
                reason = f"{answer.reason}, to be asked again after {wait:.0f} seconds"
                return Reply(Answer(answer.verdict, reason), status, wait=wait)
            if wait is not None:
                host.hold(wait)
            return Reply(answer, status, again=True, wait=wait)
        # A wall stays a wall: only a fault of the host may heal in a moment.
        again = status >= 500 and answer.verdict is Verdict.UNKNOWN  # noqa: PLR2004
        if anchors is None:
            return Reply(answer, status, again=again, body=await _body(response))
        if answer.verdict is Verdict.OK and anchors:
            answer = await _anchored(response, anchors)
        return Reply(answer, status, again=again)

    async def _refused_to_robots(self, address: str) -> Reply | None:
        """The reply for an address that robots.txt (RFC 9309) keeps from us."""
        host = self.hosts.of(address)
        if host.robots is None:
            host.robots = asyncio.ensure_future(self._robots(host, address))
        try:
            robots = await host.robots
        except _RobotsUnreadable as error:
            return Reply(Answer(Verdict.UNKNOWN, f"its robots.txt answers {error}"))
        if robots is None or robots.can_fetch(address, self.settings.user_agent):
            return None
        return Reply(Answer(Verdict.BLOCKED, "its robots.txt refuses programs"))

    async def _robots(self, host: Host, address: str) -> Protego | None:
        try:
            async with self._request(host, "GET", urljoin(address, "/robots.txt")) as response:
                if response.status >= 500:  # noqa: PLR2004  # RFC 9309, 2.3.1.4: then nothing is allowed
                    raise _RobotsUnreadable(verdicts.said(response.status))
                if response.status != 200:  # noqa: PLR2004  # RFC 9309, 2.3.1.3: then all is allowed
                    return None
                text = (await response.content.read(512_000)).decode("utf-8", "replace")
        except (aiohttp.ClientError, OSError, ValueError):
            return None  # whoever asks the address itself will be told the same
        robots = Protego.parse(text)
        host.obey(robots, self.settings.user_agent)
        return robots


class _RobotsUnreadable(Exception):  # noqa: N818  # a state of the host
    """The host cannot say what it allows."""


async def _body(response: aiohttp.ClientResponse) -> bytes:
    """The whole body; nothing where it is too long."""
    body = b""
    async for chunk in response.content.iter_chunked(65536):
        body += chunk
        if len(body) > MOST:
            return b""
    return body


async def _anchored(response: aiohttp.ClientResponse, wanted: Collection[str]) -> Answer:
    """Read the page until every anchor is found."""
    reason = verdicts.said(response.status)
    if "html" not in response.content_type:
        return Answer(Verdict.OK, f"{reason}; only pages in HTML have anchors to look for")
    anchors, text = Anchors(wanted), None
    size = 0
    async for chunk in response.content.iter_chunked(16384):
        text = text or decoder(response.charset, chunk)
        anchors.feed(text.decode(chunk))
        size += len(chunk)
        await asyncio.sleep(0)  # a long page must not keep the others waiting
        if not anchors.missing:
            return Answer(Verdict.OK, reason)
        if size > MOST:
            return Answer(Verdict.UNKNOWN, "the page is too long to look for the anchor in it")
    anchors.close()
    missing = frozenset(anchors.missing)
    return Answer(Verdict.ANCHOR if missing else Verdict.OK, reason, missing=missing)


def target(address: str, location: str) -> str:
    """The page that a redirect leads to, in letters that an address may have; empty for none."""
    try:
        parts = urlsplit(urljoin(address, location))
    except ValueError:  # a bracket in the place of the host
        return ""
    named = parts.netloc and parts.netloc.isprintable()
    page = location and named and parts.scheme in {"http", "https"}
    # Bytes of other letters stay the bytes that the host has sent.
    rest = (quote(part, safe=_KEPT, errors="surrogateescape") for part in parts[2:])
    return urlunsplit((*parts[:2], *rest)) if page else ""


def fault(error: Exception) -> Reply:  # noqa: PLR0911  # one return for each fault
    """The reply for what stands in place of one."""
    cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    if isinstance(error, aiohttp.ClientSSLError) or isinstance(cause, ssl.SSLError):
        return Reply(Answer(Verdict.UNKNOWN, "its certificate is not accepted"))
    if isinstance(cause, gaierror):
        if cause.errno in NO_NAME:
            return Reply(Answer(Verdict.GONE, UNKNOWN_HOST), again=True, reached=False)
        reason = "the name of its host could not be looked up"
        return Reply(Answer(Verdict.UNKNOWN, reason), again=True, reached=False)
    if isinstance(error, TimeoutError):
        return Reply(Answer(Verdict.UNKNOWN, SILENT), reached=False)
    if isinstance(error, aiohttp.ClientConnectorError):
        return Reply(Answer(Verdict.UNKNOWN, "no connection"), again=True, reached=False)
    if isinstance(error, ValueError):  # aiohttp's InvalidURL is one
        return Reply(Answer(Verdict.UNKNOWN, "the address is malformed"))
    if isinstance(error, aiohttp.ClientPayloadError):
        return Reply(Answer(Verdict.UNKNOWN, "the page broke off"), again=True)
    return Reply(Answer(Verdict.UNKNOWN, "the connection broke off"), again=True)
