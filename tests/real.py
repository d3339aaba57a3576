"""The real project: built once for all workers of a run, and copied for tests that break it."""

import os
import shutil
import tempfile
from pathlib import Path

from filelock import FileLock

from tests.projects import ROOT, Project, copy_project
from tests.site.server import PREFIX

SITE = f"https://example.org{PREFIX}"  # where it is published
# One after the other, or two at a time; the first reads the pages for all. The site offers the
# copies, so they come first.
BUILDS: tuple[dict[str, dict[str, str]], ...] = (
    {"epub": {}},
    {"pdf": {}},
    {"html": {"SITE_URL": SITE}, "citations": {}},
    {"docx": {}},
)
PDFS = (
    "recovery-based-approaches",
    "recovery-based-approaches-large-print",
    "recovery-based-approaches-complete",
    "summary",
    "summary-large-print",
    "discussion-pack",
    "discussion-pack-large-print",
)
NOT_RUN = "not run: the build that all tests share has failed"


class SharedBuildError(Exception):
    """The real project cannot be built."""


def build_once(base: Path) -> Project:
    """Build the real project below ``base``, unless another worker has done so."""
    root = base / "project-pristine"
    failed = base / "failed"
    base.mkdir(exist_ok=True)
    with FileLock(base / "lock"):
        if failed.exists():
            raise SharedBuildError(NOT_RUN)
        made = Project(root)
        if root.exists():
            return made
        root.mkdir()
        copy_project(ROOT, root)
        first = root / "doctrees" / next(iter(BUILDS[0]))
        for together in BUILDS:
            for name in together if first.exists() else ():
                shutil.copytree(first, root / "doctrees" / name)
            for running in [made.start(name, **given) for name, given in together.items()]:
                built = running.wait()
                if built.status != 0:
                    failed.touch()
                    message = f"The build of the real project has failed:\n{built.text}"
                    raise SharedBuildError(message)
        return made


def clone(project: Project) -> Project:
    """A copy of the project and of what was built, in which no page has to be read again.

    What Sphinx has read holds full paths, and is of no use elsewhere. So the folder of the copy
    has a name of the same length, which can be put in place of the first.
    """
    old = project.root.name
    root = Path(tempfile.mkdtemp(prefix="project-", dir=project.root.parent))
    assert len(root.name) == len(old)
    shutil.copytree(project.root, root, dirs_exist_ok=True)
    for path in (root / "doctrees").rglob("*"):
        if path.is_file() and old.encode() in (content := path.read_bytes()):
            stat = path.stat()
            path.write_bytes(content.replace(old.encode(), root.name.encode()))
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # Sphinx compares dates
    return Project(root)
