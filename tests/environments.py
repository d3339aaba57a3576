"""Fresh virtual environments, filled without network from the one that the tests run in.

They hold what the wheel and its requirements ask for, and nothing else.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from uv import find_uv_bin

from tests.projects import ROOT, Built

UV = (find_uv_bin(), "--offline", "--no-cache", "--no-config")
NAMESPACES = {"sphinxcontrib"}  # folders that many distributions share
# Read at every start of Python, as pytest-socket is not among what the wheel needs.
GUARD = """
import sys

def guard(event, args):
    host = {"socket.getaddrinfo": args[:1], "socket.connect": args[1:]}.get(event, (None,))[0]
    host = host[0] if isinstance(host, tuple) else host
    if host not in (None, "127.0.0.1", "::1", "localhost"):
        raise OSError(f"A connection leaves loopback: {host}")

sys.addaudithook(guard)
"""
SCRIPT = """\
#!{python}
import sys
from {module} import {function}
sys.exit({function}())
"""


@dataclass(frozen=True)
class Environment:
    """A virtual environment."""

    root: Path

    @property
    def python(self) -> Path:
        return self.root / "bin" / "python"

    @property
    def site(self) -> Path:
        (found,) = self.root.glob("lib/python*/site-packages")
        return found

    def run(self, folder: Path, *command: str) -> Built:
        """Run a command in a folder, as in a shell in which the environment is active."""
        path = f"{self.root / 'bin'}{os.pathsep}{os.environ['PATH']}"
        env = {**os.environ, "PATH": path, "NO_COLOR": "1", "SOURCE_DATE_EPOCH": "0"}
        for name in ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE"):  # else every run would compile
            env.pop(name, None)
        ran = subprocess.run(
            command,
            cwd=folder,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return Built(ran.returncode, ran.stdout, folder)


def build_wheel(folder: Path) -> Path:
    """Build the wheel by way of the source distribution, as for the package index."""
    uv("build", "--quiet", f"--out-dir={folder}", str(ROOT))
    (wheel,) = folder.glob("*.whl")
    return wheel


def install(wheel: Path, root: Path, *others: str, extras: Iterable[str] = ()) -> Environment:
    """Make an environment of a wheel, some of its extras and other distributions."""
    made = Environment(root)
    uv("venv", "--quiet", f"--python={sys.executable}", str(root))
    python = f"--python={made.python}"
    uv("pip", "install", "--quiet", "--no-deps", python, str(wheel))
    (info,) = made.site.glob("*.dist-info")
    installed = Distribution.at(info)
    asked = [one for extra in ("", *extras) for one in required(installed, extra)]
    for needed in closure([*asked, *map(Requirement, others)]):
        link(needed, made)
    (made.site / "loopback_guard.py").write_text(GUARD, "utf-8")
    (made.site / "loopback_guard.pth").write_text("import loopback_guard\n", "utf-8")
    uv("pip", "check", "--quiet", python)  # nothing that is required is missing
    return made


def uv(*arguments: str) -> None:
    """Run uv, which says what is wrong."""
    ran = subprocess.run([*UV, *arguments], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def required(found: Distribution, extra: str) -> Iterator[Requirement]:
    """What a distribution, or one of its extras, requires here."""
    for one in map(Requirement, found.requires or ()):
        if one.marker is None or one.marker.evaluate({"extra": extra}):
            yield one


def closure(asked: list[Requirement]) -> list[Distribution]:
    """The distributions of this environment that requirements lead to."""
    found: dict[str, Distribution] = {}
    seen = set()
    while asked:
        one = asked.pop()
        name = canonicalize_name(one.name)
        for extra in ("", *one.extras):
            if (name, extra) not in seen:
                seen.add((name, extra))
                found[name] = distribution(name)
                asked += required(found[name], extra)
    return list(found.values())


def link(found: Distribution, target: Environment) -> None:
    """Let an environment have a distribution of this one, and its commands."""
    parts = {
        file.parts[: 1 + (file.parts[0] in NAMESPACES)]
        for file in found.files or ()
        if file.parts[0] not in {"..", "__pycache__"}
    }
    for part in parts:
        place = target.site.joinpath(*part)
        place.parent.mkdir(exist_ok=True)
        held = Path(str(found.locate_file("")), *part)
        if held.suffix == ".dist-info":
            shutil.copytree(held, place)  # uv sees no metadata behind a link
        else:
            place.symlink_to(held)
    for command in found.entry_points.select(group="console_scripts"):
        script = target.root / "bin" / command.name
        script.write_text(
            SCRIPT.format(python=target.python, module=command.module, function=command.attr),
            "utf-8",
        )
        script.chmod(0o755)
