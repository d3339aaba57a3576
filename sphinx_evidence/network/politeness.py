"""How often a host may be asked: few at once, with pauses, and never before it said so."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from sphinx_evidence.network.clock import Clock
from sphinx_evidence.network.settings import NetworkSettings

if TYPE_CHECKING:  # what asks nothing does without
    from protego import Protego

SLOWEST = 30.0  # seconds between two requests that a robots.txt may ask for


@dataclass(frozen=True)
class Settings:
    """How hosts are asked. Times are in seconds, ``base`` addresses end with a slash."""

    user_agent: str = "sphinx-evidence"
    contact: str = ""
    workers: int = 5  # requests at once, over all hosts
    per_host: int = NetworkSettings.links_per_host
    delay: float = NetworkSettings.links_delay  # between the starts of two requests to one host
    timeout: float = 30.0
    longest_wait: float = 300.0  # that Retry-After may ask for
    tls_verify: bool = True
    handle_base: str = NetworkSettings.links_handle
    eutils_base: str = NetworkSettings.links_eutils
    archive_base: str = NetworkSettings.links_archive
    crossref_base: str = NetworkSettings.registries_crossref
    datacite_base: str = NetworkSettings.registries_datacite
    open_library_base: str = NetworkSettings.registries_open_library

    @classmethod
    def of(cls, ours: NetworkSettings, **more: Any) -> Self:  # noqa: ANN401  # fields of its own
        """As a project's settings have it, and ``more`` that others decide."""
        return cls(
            per_host=ours.links_per_host,
            delay=ours.links_delay,
            handle_base=ours.links_handle,
            eutils_base=ours.links_eutils,
            archive_base=ours.links_archive,
            crossref_base=ours.registries_crossref,
            datacite_base=ours.registries_datacite,
            open_library_base=ours.registries_open_library,
            **more,
        )


class Host:
    """One host: who may ask it now."""

    def __init__(self, name: str, settings: Settings, clock: Clock) -> None:
        """Know its name, with the port."""
        self.own = _is_this_machine(name)  # which needs no manners, except where it asks for them
        self.clock = clock
        self.delay = 0.0 if self.own else settings.delay
        self.slots = asyncio.Semaphore(settings.workers if self.own else settings.per_host)
        self.free_at = 0.0
        self.refuses_head = False
        self.robots: asyncio.Future[Protego | None] | None = None

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for one's turn, and keep it while the block runs."""
        async with self.slots:
            while (wait := self.free_at - self.clock.now()) > 0:
                await self.clock.sleep(wait)
            self.free_at = max(self.free_at, self.clock.now() + self.delay)
            yield

    def hold(self, seconds: float) -> None:
        """Let nobody ask for some time, as the host has said."""
        self.free_at = max(self.free_at, self.clock.now() + seconds)

    def pause_at_least(self, seconds: float) -> None:
        """Leave at least so much time between two requests; this machine needs none."""
        self.delay = max(self.delay, 0.0 if self.own else seconds)

    def obey(self, robots: "Protego", user_agent: str) -> None:
        """Take the pause that robots.txt asks for."""
        asked = robots.crawl_delay(user_agent)
        if asked:
            self.delay = max(self.delay, min(float(asked), SLOWEST))


class Hosts:
    """All hosts of a run, by name and port."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        """Begin with none."""
        self.settings = settings
        self.clock = clock
        self._known: dict[str, Host] = {}

    def of(self, address: str) -> Host:
        """The host of an address."""
        name = urlsplit(address).netloc.rpartition("@")[2].lower()
        if name not in self._known:
            self._known[name] = Host(name, self.settings, self.clock)
        return self._known[name]


def _is_this_machine(name: str) -> bool:
    host = urlsplit(f"//{name}").hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
