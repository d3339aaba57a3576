"""5,000 works asked for on loopback, for ``nox -s bench -- references``: time, memory, the lock.

Each run is a process of its own, with a clock that is played; the world is another one.
"""

import multiprocessing
import resource
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from sphinx_evidence.bibliography.reader import Entry
from sphinx_evidence.network.settings import Ask
from sphinx_evidence.registries import lock
from sphinx_evidence.registries.record import Registry, Work
from sphinx_evidence.registries.run import Run
from tests.links import world as w
from tests.links.world import World
from tests.registries import world as r

_fork = multiprocessing.get_context("fork")  # which knows the world


class Cost(NamedTuple):
    """Of one run: seconds of the processor and of the played clock, and megabytes."""

    requests: int
    processor: float = 0
    played: float = 0
    memory: float = 0
    kept: float = 0


def _entries(count: int) -> list[Entry]:
    return [r.entry(f"work{n}", doi=f"10.1000/{n}", title=f"Title {n}") for n in range(count)]


def _run(world: World, entries: list[Entry], path: Path, queue: object) -> None:
    began, spent = world.clock.time, time.process_time()

    def keep(works: Mapping[str, Work]) -> None:
        lock.write(path, works)

    Run(entries, lock.read(path), keep).ask(Ask.DUE, r.settings(world, timeout=30), world.clock)
    spent = time.process_time() - spent
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    queue.put((spent, world.clock.time - began, memory))  # type: ignore[attr-defined]  # a Queue


def asked(count: int, path: Path, kill_at: int = 0) -> Cost:
    """What it costs to ask for so many works; with ``kill_at``, a run that is killed there."""
    with w.played() as world:
        entries = _entries(count)
        r.plays(world, [
            (r.work_at(f"10.1000/{n}"),
             r.as_json(r.work(f"10.1000/{n}", title=[f"Title {n}"]), X_Rate_Limit_Limit="50"))
            for n in range(count)
        ])  # fmt: skip
        queue = _fork.Queue()
        process = _fork.Process(target=_run, args=(world, entries, path, queue))
        process.start()
        if kill_at:
            w.wait_until(lambda: len(world.asked) > kill_at)
            process.kill()
            process.join()
            return Cost(len(world.asked))
        spent, played, memory = queue.get()
        process.join()
        return Cost(len(world.asked), spent, played, memory, path.stat().st_size / 1e6)


def known(path: Path) -> int:
    """How many works a lock has the record of."""
    works = lock.read(path).values()
    return sum(work.answers[Registry.CROSSREF].record is not None for work in works)
