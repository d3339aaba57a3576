#!/usr/bin/env -S uv run --script
# /// script
# dependencies = ["nox[uv]"]
# ///
"""Every task of the project: ``nox -s NAME``; plain ``nox`` is the check before a pull request."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

import nox

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_existing_virtualenvs = True

ROOT = Path(__file__).parent
COPIES = ("pdf", "epub")  # the builders of what the first page offers
# A worker for each core; tests and groups of tests in the order of tests/conftest.py.
PARALLEL = ("--numprocesses=auto", "--dist=loadgroup", "--no-loadscope-reorder")
COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}  # where a machine forbids it, every worker would compile
PYPROJECT = nox.project.load_toml(ROOT / "pyproject.toml")


def install(session: nox.Session, *groups: str) -> None:
    """Install dependency groups: as locked with uv, else as pyproject.toml allows."""
    session.log("Installing what the session needs. The first time this takes up to a minute.")
    if session.venv_backend == "uv":
        session.run_install(
            "uv", "sync", "--locked", "--quiet", "--no-default-groups",
            *(f"--group={group}" for group in groups),
            env={"UV_PROJECT_ENVIRONMENT": session.virtualenv.location},
        )  # fmt: skip
    else:
        session.install(
            "--quiet", "--editable=.", *nox.project.dependency_groups(PYPROJECT, *groups)
        )


def sphinx(
    session: nox.Session, builder: str, *options: str, success_codes: Sequence[int] = (0,)
) -> None:
    """Run one Sphinx builder over docs/, with the time of the last commit as the date."""
    for folder in (ROOT / "build", ROOT / "build" / builder, ROOT / "build/doctrees" / builder):
        if folder.exists() and not folder.is_dir():  # at which Sphinx shows a traceback
            session.error(f"{folder.relative_to(ROOT)} is a file: delete it, or move it away")
    session.run(
        "python", "-m", "sphinx",
        "-b", builder,
        "-c", ".",  # conf.py stands beside docs/, not in it
        "-d", f"build/doctrees/{builder}",  # outside what is published
        "-W", "--keep-going",  # a warning fails the build, after all of them were told
        *options,
        "docs", f"build/{builder}",
        env={"SOURCE_DATE_EPOCH": last_commit(session)},
        success_codes=success_codes,
    )  # fmt: skip


def last_commit(session: nox.Session) -> str:
    """Seconds of the last commit, so that the same commit builds the same bytes."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given is not None and not re.fullmatch(r"[0-9]{1,11}", given):  # which may be empty
        session.error(
            f'SOURCE_DATE_EPOCH is "{given}", no number of seconds: unset it, or write digits'
        )
    if given or not (ROOT / ".git").exists():
        return given or "0"
    log = session.run("git", "log", "-1", "--format=%ct", external=True, silent=True)
    return str(log).strip()


@nox.session
def html(session: nox.Session) -> None:
    """Build the site in build/html, with the copies that its first page offers."""
    install(session, "docs")
    for copy in COPIES:
        sphinx(session, copy, "-q")
    sphinx(session, "html", "-q", *session.posargs)
    session.log("The site: build/html/index.html")


@nox.session(default=False)  # html builds them, too
def pdf(session: nox.Session) -> None:
    """Build the PDFs in build/pdf: paper, complete edition, summary and discussion pack."""
    install(session, "docs")
    sphinx(session, "pdf", "-q", *session.posargs)
    session.log("The PDFs: build/pdf")


@nox.session(default=False)  # html builds it, too
def epub(session: nox.Session) -> None:
    """Build the e-book in build/epub."""
    install(session, "docs")
    sphinx(session, "epub", "-q", *session.posargs)
    session.log("The e-book: build/epub/recovery-based-approaches.epub")


@nox.session(default=False)
def docx(session: nox.Session) -> None:
    """Build the copy for who reviews in Word, in build/docx."""
    install(session, "docs")
    sphinx(session, "docx", "-q", *session.posargs)
    session.log("The copy in Word: build/docx")


@nox.session(default=False)
def review(session: nox.Session) -> None:
    """List what reviewers have left in copies that they send back: ``-- paper.docx``."""
    install(session, "docs")
    session.run("python", "-m", "sphinx_evidence", "review", *session.posargs)


@nox.session
def citations(session: nox.Session) -> None:
    """Prove text and references against each other; ``-- --fix`` mends what is certain."""
    install(session, "docs")
    options = ["-Devidence_fix=1" if arg == "--fix" else arg for arg in session.posargs]
    sphinx(session, "citations", *options)


@nox.session(default=False)
def linkcheck(session: nox.Session) -> None:
    """Ask links that are due; ``-- --refresh`` all, ``--only-new``, ``--offline``, ``--fix``."""
    ask(session, "linkcheck", "evidence_links_ask")


@nox.session(default=False)
def references(session: nox.Session) -> None:
    """Ask registries for works that are due; the words after ``--`` are those of linkcheck."""
    ask(session, "references", "evidence_references_ask")


def ask(session: nox.Session, builder: str, setting: str) -> None:
    """Run a builder that asks the network, with the words that say what it asks."""
    install(session, "docs")
    flags = {
        "--refresh": f"-D{setting}=all",
        "--only-new": f"-D{setting}=new",
        "--offline": f"-D{setting}=none",
        "--fix": "-Devidence_fix=1",
    }
    try:
        sphinx(session, builder, *(flags.get(arg, arg) for arg in session.posargs))
    except nox.command.CommandFailed as error:
        if error.reason == "Returned code 3":  # the network is down: nobody's fault, and said once
            raise SystemExit(3) from error
        raise


@nox.session(default=False)
def reference(session: nox.Session) -> None:
    """Add a work by its DOI, PMID, PMCID, arXiv number, ISBN or page: ``-- 10.1000/182``."""
    install(session, "docs")
    session.run("python", "-m", "sphinx_evidence", "add", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, types, spelling, the layout of references.bib and how pages are written."""
    install(session, "lint", "typing")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("mypy")
    session.run("lint-imports", "--no-cache")
    session.run("typos")
    session.run("zizmor", "--offline", "--quiet", ".github", "action.yml")
    session.run(
        "python",
        "-m",
        "sphinx_evidence",
        "bib",
        "--strict",
        "--rule=bib-*=warning",
        "--rule=bib-title-case=off", "references.bib",
    )  # fmt: skip
    pages = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("docs/*.md"))
    session.run("python", "-m", "sphinx_evidence", "pages", "--strict", *pages)


@nox.session
def tests(session: nox.Session) -> None:
    """Run every test; ``-- quick`` none that needs a browser, Java, the paper or long."""
    install(session, "test")
    words = {"quick": ["-m", "not slow"]}
    options = [option for arg in session.posargs for option in words.get(arg, [arg])]
    session.run("pytest", *PARALLEL, *options, env=COMPILED)


@nox.session(default=False)
def coverage(session: nox.Session) -> None:
    """Run every test and name the lines that none of them reaches; takes twice as long."""
    install(session, "test")
    session.run("coverage", "erase")  # what an interrupted run has left
    session.run("coverage", "run", "-m", "pytest", *PARALLEL, *session.posargs, env=COMPILED)
    session.run("coverage", "combine", "--quiet")
    session.run("coverage", "report")


@nox.session(default=False)
def compatibility(session: nox.Session) -> None:
    """Run the quick tests with the oldest versions allowed; ``-- newest`` with the newest."""
    install(session, "test")
    newest = session.posargs == ["newest"]
    project = PYPROJECT["project"]
    allowed = ["myst-parser>=5.2", *project["dependencies"]]
    allowed += [name for extra in project["optional-dependencies"].values() for name in extra]
    names = (re.split(r"[^\w-]", name, maxsplit=1)[0] for name in allowed)
    session.run_install(
        "uv", "pip", "install", f"--resolution={'highest' if newest else 'lowest-direct'}",
        *(f"--upgrade-package={name}" for name in names), *allowed,
        env={"VIRTUAL_ENV": session.virtualenv.location},
    )  # fmt: skip
    session.run("pytest", *PARALLEL, "-m", "not slow", env=COMPILED)


@nox.session(default=False)
def manual(session: nox.Session) -> None:
    """Build the manual of the extension in build/manual, for users in other projects."""
    install(session, "docs")
    session.run(
        "python", "-m", "sphinx", "-b", "html", "-W", "--keep-going", "-q",
        "-d", "build/doctrees/manual", *session.posargs,
        "sphinx_evidence/docs", "build/manual",
    )  # fmt: skip
    session.log("The manual: build/manual/index.html")


@nox.session(default=False)
def live(session: nox.Session) -> None:
    """Show the site in a browser and rebuild it as you edit (http://127.0.0.1:8000)."""
    install(session, "live")
    # The first page offers the copies; a fault in a page must not keep the preview from starting.
    for copy in COPIES:
        sphinx(session, copy, "-q", success_codes=[0, 1])
    watched = ("conf.py", "references.bib", "sphinx_evidence")
    session.run(
        "sphinx-autobuild", "-c", ".", "-d", "build/doctrees/live",
        "-Devidence_content_security_policy=",  # it adds a script to the pages
        *(f"--watch={path}" for path in watched),
        *session.posargs,
        "docs", "build/live",
    )  # fmt: skip


@nox.session(default=False)
def bench(session: nox.Session) -> None:
    """Measure build times and memory, as ratios within one run."""
    install(session, "test")  # which plays the hosts of links
    session.run("python", "-m", "tests.bench", *session.posargs)


if __name__ == "__main__":
    nox.main()
