"""The table of verdicts: each behaviour, ours, and what plain ``-b linkcheck`` says of the same.

Run by ``nox -s bench -- verdicts``. Plain Sphinx asks the same world, with the same names.
"""

import asyncio
import json
import socket
import tempfile
from collections import Counter
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from sphinx_evidence.links.probe import Question, ask_all
from sphinx_evidence.network.identifiers import address_of
from tests.links import behaviours
from tests.links.behaviours import BEHAVIOURS
from tests.links.world import World, played

# With these, plain Sphinx 9.0 comes to no end: a worker dies, or waits as long as it is told to.
ENDLESS = {"malformed host", "429 without end", "429 for a day"}


def ours() -> tuple[dict[str, str], Counter[str], World]:
    """The verdict on each address, and the requests to each host."""
    with played() as world:
        behaviours.play(world)
        questions = [
            Question(address, frozenset({anchor} - {""}))
            for address, anchor in (address_of(item.address) for item in BEHAVIOURS)
        ]
        answers = asyncio.run(ask_all(questions, world.settings(), world.clock)) or {}
        words = {
            item.name: str(answers[address_of(item.address)[0]].verdict) for item in BEHAVIOURS
        }
        return words, requests(world), world


def plain() -> tuple[dict[str, str], Counter[str]]:
    """The same by Sphinx alone; names that are not of this world are unknown to it."""
    with played() as world, tempfile.TemporaryDirectory() as name, docutils_namespace():
        behaviours.play(world)
        known = world.getaddrinfo

        def getaddrinfo(host: object, *others: object, **named: object) -> list[object]:
            try:
                return known(host, *others, **named)
            except AssertionError:
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known") from None

        socket.getaddrinfo = getaddrinfo  # type: ignore[assignment]  # put back by played()
        folder = Path(name)
        asked = [item for item in BEHAVIOURS if item.name not in ENDLESS]
        links = "\n".join(f"`{n} <{item.address}>`__" for n, item in enumerate(asked))
        (folder / "index.rst").write_text(f"A\n=\n\n{links}\n", "utf-8")
        settings = {
            "linkcheck_timeout": 1.5,
            "linkcheck_workers": 20,
            "linkcheck_rate_limit_timeout": 2.0,
        }
        app = Sphinx(
            folder, None, folder / "o", folder / "d", "linkcheck", settings,
            status=None, warning=None,
        )  # fmt: skip
        app.build()
        lines = (folder / "o" / "output.json").read_text("utf-8").splitlines()
        said = {line["uri"]: line["status"] for line in map(json.loads, lines)}
        words = {item.name: said.get(item.address, "not listed") for item in asked}
        return words | dict.fromkeys(ENDLESS, "no end"), requests(world)


def requests(world: World) -> Counter[str]:
    """Requests by host; lookups of names of no host here are told apart."""
    return Counter(f"lookup of {h}" if m == "lookup" else h for m, h, _ in world.asked)


def lines() -> list[str]:
    """The table in Markdown, then the hosts that were asked most."""
    said, our_hosts, _ = ours()
    by_sphinx, plain_hosts = plain()
    rows = ["| behaviour | right | ours | plain linkcheck |", "| --- | --- | --- | --- |"]
    rows += [
        f"| {item.name} | {item.verdict} | {said[item.name]} | {by_sphinx[item.name]} |"
        for item in BEHAVIOURS
    ]
    wrong = [item.name for item in BEHAVIOURS if said[item.name] != item.verdict]
    rows += ["", f"{len(BEHAVIOURS)} behaviours, {len(wrong)} wrong by ours: {wrong}", ""]
    rows += ["| host | ours | plain linkcheck |", "| --- | --- | --- |"]
    hosts = sorted(our_hosts | plain_hosts, key=lambda host: (-plain_hosts[host], host))
    rows += [f"| {host} | {our_hosts[host]} | {plain_hosts[host]} |" for host in hosts]
    total = f"| all | {our_hosts.total()} | {plain_hosts.total()} |"
    return [*rows, total]
