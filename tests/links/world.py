"""A small world on loopback: hosts that behave as hosts do, and a clock that is played.

Every name ending in ``.test`` leads to one server here, whatever its port; a name that does
not exist is unknown as the system says it; any other name fails the test that asks for it.
"""

import gzip
import json
import socket
import ssl
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import trustme

from sphinx_evidence.network.clock import Clock
from sphinx_evidence.network.politeness import Settings

DAY = 86400.0
START = datetime(2026, 3, 1, 3, 17, tzinfo=UTC).timestamp()
Behave = Callable[["Handler", int], None]


class PlayedClock(Clock):
    """A clock that waits at once."""

    def __init__(self) -> None:
        self.time = START
        self.waited: list[float] = []

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.time += seconds


@dataclass
class World:
    """What the hosts do, and what they were asked."""

    port: int = 0
    tls_port: int = 0
    pages: dict[tuple[str, str], Behave] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)  # method, host, path
    agents: set[str] = field(default_factory=set)
    sent: Counter[str] = field(default_factory=Counter)  # bytes of bodies by path
    clock: PlayedClock = field(default_factory=PlayedClock)
    closing: Event = field(default_factory=Event)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    lock: Any = field(default_factory=Lock)
    down: bool = False
    lookups: int = 0
    going_down: bool = False  # with the first name that is unknown

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def settings(self, **changes: Any) -> Settings:  # noqa: ANN401  # as Settings has them
        given: dict[str, Any] = {
            "user_agent": "sample/1.0 (link check; +https://sample.test/)",
            "contact": "people@sample.test",
            "workers": 20,
            "timeout": 1.5,
            "handle_base": "http://handle.test/api/handles/",
            "eutils_base": "http://eutils.test/entrez/eutils/",
            "archive_base": "http://archive.test/wayback/available",
        }
        return Settings(**(given | changes))

    def getaddrinfo(self, host: Any, port: Any, *_: Any, **__: Any) -> list[Any]:  # noqa: ANN401
        """As the system's, for this world alone."""
        name = host.decode() if isinstance(host, bytes) else host
        if self.down or name == "lookup-fails.test":
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        if name == "nobody.test":
            self.down = self.going_down and self.lookups > 2  # robots.txt, then three tries
            self.lookups += 1
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        if name in {"127.0.0.1", "localhost"}:
            target = int(port)
        elif name == "refuses.test":
            target = 1
        elif name.endswith(".test"):
            target = self.tls_port if int(port) == 443 and name != "no-tls.test" else self.port
        else:
            self.asked.append(("lookup", name, ""))
            raise AssertionError(f"{name} was to be asked")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", target))]


class Handler(BaseHTTPRequestHandler):
    """Answers as the world says."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    world: World

    def reply(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        """Send a whole answer."""
        self.send_response(status)
        given = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
        for name, value in (given | (headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.send(body)

    def send(self, body: bytes) -> None:
        self.wfile.write(body)
        self.world.sent[self.path] += len(body)

    def answer(self) -> None:
        host = self.headers["Host"].partition(":")[0]
        path = urlsplit(self.path).path
        key = (host, path) if (host, path) in self.world.pages else ("*", path)
        with self.world.lock:
            self.world.asked.append((self.command, host, self.path))
            self.world.agents.add(self.headers["User-Agent"])
            self.world.counts[host, path] += 1
            count = self.world.counts[host, path]
        behave = self.world.pages.get(key) or _service(host, path)
        try:
            behave(self, count)
        except OSError:
            self.close_connection = True  # whoever asked has had enough

    do_GET = do_HEAD = answer  # noqa: N815  # the names of the base

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep the report of the tests readable."""


class Server(ThreadingHTTPServer):
    request_queue_size = 512
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that breaks off is one of the things played."""


@contextmanager
def world() -> Iterator[World]:
    """The world while the block runs, with TLS by an authority that nobody knows."""
    made = World()
    handler = type("HandlerOf", (Handler,), {"world": made})
    plain, tls = (Server(("127.0.0.1", 0), handler) for _ in range(2))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("self-signed.test").configure_cert(context)
    tls.socket = context.wrap_socket(tls.socket, server_side=True, do_handshake_on_connect=False)
    made.port, made.tls_port = plain.server_port, tls.server_port
    threads = [Thread(target=server.serve_forever, args=(0.02,)) for server in (plain, tls)]
    for thread in threads:
        thread.start()
    try:
        yield made
    finally:
        made.closing.set()
        for server, thread in zip((plain, tls), threads, strict=True):
            server.shutdown()
            thread.join()
            server.server_close()


@contextmanager
def played() -> Iterator[World]:
    """The world, with the system's names replaced by its own."""
    with world() as made, pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", made.getaddrinfo)
        yield made


# -- What hosts do -------------------------------------------------------------

OK_PAGE = b"<!doctype html><title>Page</title><h1 id='here'>Here</h1><a name=old>x</a>" + b" " * 512


def status(code: int, body: bytes = b"", **headers: str) -> Behave:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler, _: handler.reply(code, body, named)


page = status(200, OK_PAGE)


def encoded(charset: str, body: bytes = OK_PAGE) -> Behave:
    """A page whose header names a charset, or none."""
    return status(
        200, body, Content_Type=f"text/html; charset={charset}".removesuffix("; charset=")
    )


def to(location: str, code: int = 301) -> Behave:
    return status(code, Location=location)


def first(times: int, then: Behave, *, before: Behave) -> Behave:
    """``before`` for the first requests, ``then`` afterwards."""
    return lambda handler, count: (before if count <= times else then)(handler, count)


def by_method(head: Behave, get: Behave = page) -> Behave:
    return lambda handler, count: (head if handler.command == "HEAD" else get)(handler, count)


def hang(handler: Handler, _: int) -> None:
    handler.world.closing.wait(5)
    handler.close_connection = True


def reset(handler: Handler, _: int) -> None:
    linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"  # on, for 0 seconds: the connection is torn
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    handler.connection.close()
    handler.close_connection = True


def close(handler: Handler, _: int) -> None:
    handler.close_connection = True


def garbage(handler: Handler, _: int) -> None:
    handler.wfile.write(b"hello there\r\n\r\n")
    handler.close_connection = True


def drip(handler: Handler, _: int) -> None:
    """A body that comes a letter at a time."""
    handler.reply(200, b"", {"Content-Length": "100000"})
    for _letter in range(200 if handler.command == "GET" else 0):
        handler.send(b" ")
        if handler.world.closing.wait(0.02):
            return


def short(body: bytes) -> Behave:
    """Promises more than it sends."""

    def behave(handler: Handler, _: int) -> None:
        handler.reply(200, body, {"Content-Length": str(len(body) + 4000)})
        handler.close_connection = True

    return behave


def huge(start: bytes = b"") -> Behave:
    """Fifty megabytes, as far as they are taken."""

    def behave(handler: Handler, _: int) -> None:
        handler.reply(200, start, {"Content-Length": str(50_000_000)})
        for _ in range(1000 if handler.command == "GET" else 0):
            handler.send(b"<p>" + b"text " * 10_000)

    return behave


def packed(handler: Handler, count: int) -> None:
    status(200, gzip.compress(OK_PAGE), Content_Encoding="gzip")(handler, count)


def slow(seconds: float) -> Behave:
    def behave(handler: Handler, count: int) -> None:
        handler.world.closing.wait(seconds)
        page(handler, count)

    return behave


def retry_at(seconds: float) -> Behave:
    """429, with the date from which on the host may be asked again."""

    def behave(handler: Handler, _: int) -> None:
        at = datetime.fromtimestamp(handler.world.clock.now() + seconds, UTC)
        handler.reply(429, b"", {"Retry-After": format_datetime(at, usegmt=True)})

    return behave


# -- The services --------------------------------------------------------------

HANDLES: dict[str, Behave] = {
    "10.1000/missing": status(404, b'{"responseCode":100,"handle":"10.1000/missing"}'),
    "10.1000/malformed": status(200, b'{"responseCode": 1, "val'),
    "10.1000/list": status(200, b"[1]"),
    "10.1000/empty": status(200, b'{"responseCode":200,"handle":"10.1000/empty"}'),
    "10.1000/down": status(500, b'{"responseCode":2}'),
    "10.1000/html": status(404, b"<h1>Not found</h1>"),
    "10.1000/heals": first(
        1, status(200, b'{"responseCode":1,"values":[{"type":"URL"}]}'), before=status(502)
    ),
}


def _handle(handler: Handler, count: int) -> None:
    doi = unquote(urlsplit(handler.path).path).partition("/api/handles/")[2]
    values = [{"type": "URL", "data": {"value": "https://publisher.example/page"}}]
    found = json.dumps({"responseCode": 1, "handle": doi, "values": values}).encode()
    HANDLES.get(doi, status(200, found, Content_Type="application/json"))(handler, count)


def _eutils(handler: Handler, count: int) -> None:
    query = parse_qs(urlsplit(handler.path).query)
    result: dict[str, object] = {}
    for number in query["id"][0].split(","):
        if number.startswith("404"):
            result[number] = {"uid": number, "error": "cannot get document summary"}
        elif number.startswith("500"):
            result[number] = {"uid": number, "error": "backend failed"}
        elif not number.startswith("300"):
            result[number] = {"uid": number, "title": "A title"}
    answer: object = {"header": {"type": "esummary"}, "result": result}
    if "500999" in query["id"][0]:
        answer = {"error": "API rate limit exceeded", "count": "11"}  # with status 200
    status(200, json.dumps(answer).encode(), Content_Type="application/json")(handler, count)


def _archive(handler: Handler, count: int) -> None:
    query = parse_qs(urlsplit(handler.path).query)
    address = query["url"][0]
    closest = {
        "status": "200",
        "available": True,
        "url": f"http://web.archive.org/web/20210512083000/{address}",
        "timestamp": "20210512083000",
    }
    found = {"closest": closest} if "uncopied" not in address else {}
    status(200, json.dumps({"archived_snapshots": found}).encode())(handler, count)


def _service(host: str, path: str) -> Behave:
    """The registry that is asked, by its host or, in builds, by its path on this machine."""
    if host == "handle.test" or path.startswith("/api/handles/"):
        return _handle
    if host == "eutils.test" or path.endswith("/esummary.fcgi"):
        return _eutils
    return _archive if path == "/wayback/available" else status(404)


def wait_until(condition: Callable[[], bool], seconds: float = 600) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)
