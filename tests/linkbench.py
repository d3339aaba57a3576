"""2,000 links on loopback, for ``nox -s bench -- links``: times and verdicts, beside Sphinx's own.

The server is a process of its own. Its hosts are 127.0.0.1 to 127.0.0.10, so that a host that
asks for patience keeps the links of one host waiting, and not all.
"""

import asyncio
import json
import multiprocessing
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
HOSTS = [f"127.0.0.{number}" for number in range(1, 11)]
WORKERS = 50
TIMEOUT = 4
# How many addresses of each kind, our verdict, and what of Sphinx's words says the same.
MIX = {
    "ok": (1130, "ok", {"working"}),
    "slow": (100, "ok", {"working"}),
    "head405": (50, "ok", {"working"}),
    "anchor": (100, "ok", {"working"}),
    "noanchor": (50, "broken anchor", {"broken"}),
    "heals": (50, "ok", {"working"}),
    "429": (20, "ok", {"working"}),
    "301": (120, "moved", {"redirected"}),
    "302": (100, "moved", {"redirected"}),
    "loop": (10, "unknown", {"timeout", "ignored"}),
    "403": (100, "blocked", set()),
    "401": (20, "blocked", set()),
    "404": (80, "gone", {"broken"}),
    "410": (20, "gone", {"broken"}),
    "500": (20, "unknown", {"timeout", "ignored"}),
    "503": (10, "unknown", {"timeout", "ignored"}),
    "reset": (10, "unknown", {"timeout", "ignored"}),
    "hang": (10, "unknown", {"timeout", "ignored"}),
}
BODY = b"<!doctype html><h1 id=here>Here</h1>" + b"<p>Text.</p>" * 200


@dataclass(frozen=True)
class Measured:
    """One run: its seconds, and the word for each address."""

    seconds: float
    words: dict[str, str]


def addresses(port: int) -> dict[str, str]:
    """Every address, with its kind; the kinds are mixed as on a site."""
    found = []
    for kind, (count, _, _) in MIX.items():
        anchor = "#here" if kind == "anchor" else "#there" if kind == "noanchor" else ""
        for n in range(count):
            host = HOSTS[n % len(HOSTS)]
            found.append(
                (f"{n / count:.4f}{kind}", f"http://{host}:{port}/{kind}/{n}{anchor}", kind)
            )
    return {address: kind for _, address, kind in sorted(found)}


def write_project(folder: Path, conf: str, links: list[str]) -> None:
    """Fifty pages with the links in order."""
    folder.mkdir(parents=True)
    (folder / "conf.py").write_text(
        f"import sys\nsys.path.append({str(ROOT)!r})\nproject = 'Bench'\n"
        f"linkcheck_workers = {WORKERS}\nlinkcheck_timeout = {TIMEOUT}\n{conf}",
        "utf-8",
    )
    names = [f"page{number}" for number in range(50)]
    toctree = "\n".join(names)
    (folder / "index.md").write_text(f"# Bench\n\n```{{toctree}}\n{toctree}\n```\n", "utf-8")
    for number, name in enumerate(names):
        lines = [f"- <{link}>" for link in links[number :: len(names)]]
        (folder / f"{name}.md").write_text(f"# {name}\n\n" + "\n".join(lines) + "\n", "utf-8")


def check(folder: Path) -> Measured:
    """One run of ``-b linkcheck``; what Sphinx's own says, and what the ledger holds."""
    out = folder / "out"
    command = [sys.executable, "-m", "sphinx", "-b", "linkcheck", "-q", "-E", str(folder), str(out)]
    start = time.perf_counter()
    subprocess.run(command, check=False, capture_output=True)
    seconds = time.perf_counter() - start
    ledger = folder / "links.lock.json"
    if ledger.exists():
        links = json.loads(ledger.read_text("utf-8"))["links"]
        ledger.unlink()
        return Measured(seconds, {link: entry["verdict"] for link, entry in links.items()})
    lines = (out / "output.json").read_text("utf-8").splitlines()
    return Measured(seconds, {line["uri"]: line["status"] for line in map(json.loads, lines)})


def right(measured: Measured, kinds: dict[str, str], *, ours: bool) -> Counter[str]:
    """How many verdicts of each kind are right."""
    counts: Counter[str] = Counter()
    for address, kind in kinds.items():
        _, verdict, same = MIX[kind]
        if ours:
            # Of what nothing is known, the ledger keeps nothing.
            said = measured.words.get(address.partition("#")[0], "unknown")
            counts[kind] += said == verdict
        else:
            counts[kind] += measured.words.get(address) in same
    return counts


# -- The server ----------------------------------------------------------------


def _answer(kind: str, method: str, count: int) -> tuple[str, str]:  # noqa: PLR0911  # one for each kind
    """Status line and headers."""
    match kind:
        case "head405" if method == "HEAD":
            return "405 Method Not Allowed", ""
        case "heals" if count <= 2:  # HEAD and GET
            return "502 Bad Gateway", ""
        case "429" if count == 1:
            return "429 Too Many Requests", "Retry-After: 1\r\n"
        case "301" | "302":
            return f"{kind} Moved", "Location: /ok/end-of-redirects\r\n"
        case "loop":
            return "302 Found", f"Location: ?{count % 2}\r\n"
        case "401" | "403" | "404" | "410" | "500" | "503":
            return f"{kind} Status", ""
    return "200 OK", ""


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    counts = _serve.__dict__.setdefault("counts", Counter())
    try:
        while request := await reader.readuntil(b"\r\n\r\n"):
            method, path, _ = request.split(b"\r\n", 1)[0].decode().split(" ")
            kind = path.split("/")[1]
            host = request.partition(b"Host: ")[2].split(b"\r\n")[0]
            counts[host, path] += 1
            if kind == "slow":
                await asyncio.sleep(1)
            elif kind == "hang":
                await asyncio.sleep(60)
            elif kind == "reset":
                writer.transport.abort()
                return
            if path == "/robots.txt":
                status, headers = "404 Not Found", ""
            else:
                status, headers = _answer(kind, method, counts[host, path])
            head = f"HTTP/1.1 {status}\r\n{headers}Content-Type: text/html\r\n"
            writer.write(f"{head}Content-Length: {len(BODY)}\r\n\r\n".encode())
            if method != "HEAD":
                writer.write(BODY)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def _run(ready: "multiprocessing.Queue[int]") -> None:
    server = await asyncio.start_server(_serve, HOSTS[0], 0, backlog=1024)
    port = server.sockets[0].getsockname()[1]
    others = await asyncio.start_server(_serve, HOSTS[1:], port, backlog=1024)
    ready.put(port)
    await asyncio.gather(server.serve_forever(), others.serve_forever())


def _process(ready: "multiprocessing.Queue[int]") -> None:
    asyncio.run(_run(ready))


@contextmanager
def served() -> Iterator[int]:
    """The server while the block runs; gives its port."""
    context = multiprocessing.get_context("spawn")
    ready = context.Queue()
    process = context.Process(target=_process, args=(ready,), daemon=True)
    process.start()
    try:
        yield ready.get(timeout=30)
    finally:
        process.terminate()
        process.join()


def compare(folder: Path, runs: int = 3) -> tuple[list[Measured], list[Measured], dict[str, str]]:
    """Sphinx's own check and ours, in turn; every run has a server of its own, which forgets."""
    plain: list[Measured] = []
    ours: list[Measured] = []
    kinds: dict[str, str] = {}
    for number in range(runs):
        for name, results in (("plain", plain), ("ours", ours)):
            with served() as port:
                kinds = addresses(port)
                conf = {"plain": "extensions = ['myst_parser']\n", "ours": OURS.format(port=port)}
                write_project(folder / f"{name}{number}", conf[name], list(kinds))
                measured = check(folder / f"{name}{number}")
                words = {a.replace(f":{port}/", ":PORT/"): w for a, w in measured.words.items()}
                results.append(Measured(measured.seconds, words))
    port_free = {a.replace(f":{port}/", ":PORT/"): kind for a, kind in kinds.items()}
    return plain, ours, port_free


OURS = """\
extensions = ['myst_parser', 'sphinx_evidence']
evidence_short_names = True
evidence_links_ask = 'all'  # which also keeps what is gone, so that it can be counted
evidence_links_handle = 'http://127.0.0.1:{port}/api/handles/'
evidence_links_eutils = 'http://127.0.0.1:{port}/eutils/'
evidence_links_archive = 'http://127.0.0.1:{port}/archive'
"""
