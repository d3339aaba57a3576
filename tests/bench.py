"""Build times and memory of the real document, the citation check as projects grow, the link check.

Run by ``nox -s bench``; ``-- corpus``, ``-- document``, ``-- hostile``, ``-- links``,
``-- references``, ``-- scale`` or ``-- verdicts`` for one part, ``-- peers`` for other programs
beside this one, and ``-- edits`` for second builds beside first ones. Every figure is the middle
one of several whole processes, and every ratio is between figures of the same run.
"""

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pikepdf

from tests import growth, linkbench, peers, registrybench
from tests.corpus.corpus import measure as measure_corpus
from tests.corpus.curve import curve
from tests.edits import play
from tests.links import table
from tests.projects import copy_project
from tests.scale import write_project

ROOT = Path(__file__).parent.parent
RUNS = 5
# Pages without the proofs of what is written, for what these cost.
UNPROVED = """
from sphinx_evidence.checks import accounting, targets
from sphinx_evidence.policy import written
accounting.check_words = targets.note = written.prove = lambda *_: None
"""
SIZES = {"small": (12, 60, 150), "middle": (120, 600, 1500), "large": (600, 3000, 7500)}


def run(*command: str) -> tuple[float, float]:
    """Seconds and peak memory (MB) of one process."""
    figure = peers.run(peers.Case([sys.executable, *command], ROOT))
    return figure.wall, figure.memory


def sphinx(
    builder: str, folder: Path, *options: str, docs: str = "docs", conf: str = "."
) -> list[str]:
    """One Sphinx build into ``folder``, which is kept between runs unless ``-E`` is given."""
    return [
        "-m", "sphinx", "-b", builder, "-Q", "-c", conf, "-d", str(folder / "doctrees"), *options,
        docs, str(folder / builder),
    ]  # fmt: skip


def measure(
    name: str, command: list[str], before: Callable[[], None] | None = None, runs: int = RUNS
) -> float:
    """Print and return the middle of several runs."""
    times, sizes = [], []
    for _ in range(runs):
        if before:
            before()
        seconds, size = run(*command)
        times.append(seconds)
        sizes.append(size)
    middle = statistics.median(times)
    spread = f"{min(times):.2f} to {max(times):.2f} s"
    print(f"{name:34} {middle:6.2f} s ({spread}), {max(sizes):4.0f} MB")  # noqa: T201  # the result
    return middle


def show(ratios: dict[str, float], unit: float = 1.0) -> None:
    """Print figures as ratios to ``unit``."""
    print(json.dumps({key: round(value / unit, 2) for key, value in ratios.items()}, indent=1))  # noqa: T201


def scale() -> None:
    """The citation check beside ``-b dummy``, and how both grow with the project."""
    ratios, cost = {}, {}
    for jobs in ("1", "auto"):
        for size, (pages, works, citations) in SIZES.items():
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                write_project(folder / "p", pages=pages, works=works, citations=citations)
                docs, conf = str(folder / "p" / "docs"), str(folder / "p")
                dummy, check = (
                    measure(
                        f"{size}, -j {jobs}, {builder}",
                        sphinx(builder, folder, "-E", "-j", jobs, docs=docs, conf=conf),
                        runs=3,
                    )
                    for builder in ("dummy", "citations")
                )
            ratios[f"citations to dummy, {size}, -j {jobs}"] = check / dummy
            cost[jobs, size] = dummy, check
        for index, builder in enumerate(("dummy", "citations")):
            small, middle, large = (cost[jobs, size][index] for size in SIZES)
            # 1.0 is linear: five times the project, five times what it costs beyond the start.
            first = (middle - small) / (SIZES["middle"][2] - SIZES["small"][2])
            then = (large - middle) / (SIZES["large"][2] - SIZES["middle"][2])
            ratios[f"a citation of the large to one of the middle, {builder}, -j {jobs}"] = (
                then / first
            )
    show(ratios)


def document() -> None:
    """The builds of the real document."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small = folder / "small"
        small.mkdir()
        (small / "index.md").write_text("# One page\n\nWith a sentence.\n", "utf-8")
        touched = folder / "docs" / "barriers.md"
        subprocess.run(["cp", "-r", str(ROOT / "docs"), str(touched.parent)], check=True)  # noqa: S607
        docs = str(touched.parent)

        def edit() -> None:
            text, last, onward = touched.read_text("utf-8").rpartition("\n{.html-only}")
            touched.write_text(f"{text}\nOne more sentence.\n{last}{onward}", "utf-8")

        base = measure("import sphinx.application", ["-c", "import sphinx.application"])
        one = measure(
            "one page, html",
            [
                "-m", "sphinx", "-b", "html", "-q", "-E", "-C", "-D", "extensions=myst_parser",
                "-D", "html_theme=furo", "-d", str(folder / "d"), str(small), str(folder / "o"),
            ],
        )  # fmt: skip
        cold = measure("html, cold", sphinx("html", folder / "cold", "-E", "-a", docs=docs))
        warm = measure("html, after one edit", sphinx("html", folder / "cold", docs=docs), edit)
        pdf = measure("pdfs, cold", sphinx("pdf", folder / "pdf", "-E", docs=docs))
        epub = measure("epub, cold", sphinx("epub", folder / "epub", "-E", docs=docs))
        again = measure("pdfs, nothing to read", sphinx("pdf", folder / "pdf", docs=docs))
        for path in sorted((folder / "pdf" / "pdf").glob("*.pdf")):
            with pikepdf.open(path) as made:
                size = f"{len(made.pages)} pages, {path.stat().st_size / 1000:.0f} KB"
            print(f"  {path.name:44} {size}")  # noqa: T201  # the result
        unproved = folder / "unproved"
        unproved.mkdir()
        copy_project(ROOT, unproved)
        with (unproved / "conf.py").open("a", encoding="utf-8") as conf:
            conf.write(UNPROVED)
        bare = measure(
            "html without its proofs, cold",
            sphinx("html", unproved, "-E", "-a", docs=docs, conf=str(unproved)),
        )
        first = folder / "first"
        first.mkdir()
        copy_project(ROOT, first)
        with (first / "conf.py").open("a", encoding="utf-8") as conf:
            conf.write("\nevidence_pdf_documents = evidence_pdf_documents[:1]\n")
        paper = sphinx("pdf", first, docs=str(first / "docs"), conf=str(first))
        run(*paper)  # reads the pages
        one_pdf = measure("the first pdf, nothing to read", paper)
        proof = measure(
            "citations, nothing to read", sphinx("citations", folder / "pdf", docs=docs)
        )
    ratios = {
        "html cold": cold,
        "html after one edit": warm,
        "pdfs cold": pdf,
        "epub cold": epub,
        "pdfs, nothing to read": again,
        "citations, nothing to read": proof,
    }
    unit = base + one
    print(f"As ratios to the import plus the one page ({unit:.2f} s):")  # noqa: T201
    show(ratios, unit)
    print("As ratios to the html build (at most 1.0 and 3.0):")  # noqa: T201
    show({"html without its proofs": bare}, cold)
    show({"the first pdf": one_pdf, "all pdfs": again, "all pdfs and the epub": again + epub}, cold)


def links() -> None:
    """2,000 links on loopback: Sphinx's own check and ours, with the same number of workers."""
    with tempfile.TemporaryDirectory() as name:
        plain, ours, kinds = linkbench.compare(Path(name))
    counts = [linkbench.right(runs[-1], kinds, ours=runs is ours) for runs in (plain, ours)]
    print(f"{'kind':10} {'links':>6} {'plain right':>12} {'ours right':>11}")  # noqa: T201  # the result
    for kind, (count, _, _) in linkbench.MIX.items():
        print(f"{kind:10} {count:6} {counts[0][kind]:12} {counts[1][kind]:11}")  # noqa: T201  # as above
    total = len(kinds)
    for label, runs, well in (("plain", plain, counts[0]), ("ours", ours, counts[1])):
        times = sorted(run.seconds for run in runs)
        print(  # noqa: T201  # as above
            f"{label:6} {statistics.median(times):6.2f} s ({times[0]:.2f} to {times[-1]:.2f} s), "
            f"{total / statistics.median(times):.0f} links a second, {sum(well.values())} right"
        )
    middle = [statistics.median(run.seconds for run in runs) for runs in (plain, ours)]
    show({"links, ours to plain": middle[1] / middle[0]})
    if sum(counts[1].values()) != total:
        sys.exit("failed: a verdict is wrong")


def references() -> None:
    """5,000 works asked for on loopback, beside 1,250, and a run that was killed in the middle."""
    with tempfile.TemporaryDirectory() as name:
        small, large, killed = (Path(name, f"{part}.json") for part in ("small", "large", "killed"))
        costs = [registrybench.asked(1250, small), registrybench.asked(5000, large)]
        for count, cost in zip((1250, 5000), costs, strict=True):
            print(  # noqa: T201  # the result
                f"{count:5} works: {cost.requests} requests, {cost.processor:.1f} s of the "
                f"processor, {cost.played / 60:.0f} minutes by the played clock, "
                f"{cost.memory:.0f} MB, a lock of {cost.kept:.1f} MB"
            )
        first = registrybench.asked(5000, killed, kill_at=2500)
        kept = registrybench.known(killed)
        rest = registrybench.asked(5000, killed)
        print(  # noqa: T201  # as above
            f"killed at {first.requests} requests: {kept} works kept, {rest.requests} asked after"
        )
        if killed.read_bytes() != large.read_bytes():
            sys.exit("failed: the lock is not that of a run that was not killed")
    show({"processor, 5,000 to four times 1,250": costs[1].processor / costs[0].processor / 4})


def hostile() -> None:
    """Hostile input and four times as much of it; 1.0 is linear."""
    for name, seconds, ratio in growth.ratios():
        print(f"{name:44} {seconds:6.2f} s, growth {ratio:5.2f}")  # noqa: T201  # the result


def corpus() -> None:
    """Recall and precision by rule on every corpus, and the trade of lone names."""
    folders = sorted(path.parent for path in (ROOT / "tests" / "corpus").rglob("clean.toml"))
    for folder in folders:
        with tempfile.TemporaryDirectory() as name:
            result = measure_corpus(folder, Path(name))
        print(f"{folder.name}: recall {result.recall:.3f} of {len(result.told)}")  # noqa: T201  # the result
        print("\n".join(f"  {line}" for line in result.precision()))  # noqa: T201  # as above
    print("Names without an entry, by the evidence that is asked for:")  # noqa: T201  # as above
    print("\n".join(curve(folders)))  # noqa: T201  # as above


def edits() -> None:
    """300 sequences of edits, each beside builds from nothing; the first that differs stops it."""
    play(300)
    print("300 sequences of edits: the same pages, messages and statuses")  # noqa: T201  # the result


def verdicts() -> None:
    """Every behaviour that the tests play, ours beside plain Sphinx."""
    print("\n".join(table.lines()))  # noqa: T201  # the result


if __name__ == "__main__":
    parts = {
        "corpus": corpus,
        "document": document,
        "edits": edits,
        "hostile": hostile,
        "links": links,
        "references": references,
        "scale": scale,
        "verdicts": verdicts,
    }
    if sys.argv[1:2] == ["peers"]:  # which asks registries, so it is no part of all
        peers.main(sys.argv[2:])
    else:
        for part in sys.argv[1:] or parts:
            parts[part]()
