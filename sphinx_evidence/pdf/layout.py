"""One run of Typst, in a process of its own: what it holds goes back to the machine at its end.

In the process of the build, each run would keep some hundreds of megabytes for the next one, which
has no use for them. `laid_out` runs this file as a program, which loads Typst and nothing else.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple


class Refused(Exception):  # noqa: N818  # of Typst, not of ours
    """What Typst says of a document that it cannot set."""

    def __init__(self, message: str, diagnostic: str, hints: Sequence[str]) -> None:
        """Hold the parts of what it says."""
        super().__init__(message)
        self.message, self.diagnostic, self.hints = message, diagnostic, hints


class Layout(NamedTuple):
    """A PDF; each of its places, with its page and how far down it is; messages, with where."""

    pdf: bytes
    places: Sequence[tuple[str, int, float]]
    warnings: Sequence[tuple[str, str]]


def laid_out(
    source: Path,
    inputs: Mapping[str, str],
    *,
    fonts: Sequence[Path],
    standards: Sequence[str],
    timestamp: int | None,
) -> Layout:
    """Return what becomes of a source file. Raises Refused."""
    asked = {
        "source": str(source), "inputs": inputs, "fonts": [*map(str, fonts)],
        "standards": standards, "timestamp": timestamp,
    }  # fmt: skip
    # -P: its own folder has modules of any name. A second thread takes more memory, and no less
    # time, as a document is nearly all one run of pages.
    ran = subprocess.run(  # noqa: S603  # this very file
        [sys.executable, "-P", __file__], input=json.dumps(asked), stdout=subprocess.PIPE,
        encoding="utf-8", check=False, env=os.environ | {"RAYON_NUM_THREADS": "1"},
    )  # fmt: skip
    if ran.returncode:
        raise Refused("Typst was stopped, as where there is too little memory.", "", ())
    told = json.loads(ran.stdout)
    if "refused" in told:
        raise Refused(*told["refused"])
    made = source.with_suffix(".pdf")
    pdf = made.read_bytes()
    made.unlink()
    return Layout(pdf, told["places"], told["warnings"])


def _run(asked: Mapping[str, Any]) -> dict[str, object]:
    """Set a source file; the PDF lies beside it then."""
    import typst  # noqa: PLC0415  # needs the extra, and memory

    source = Path(asked["source"])
    compiler = typst.Compiler(
        source, root=source.parent, font_paths=asked["fonts"], ignore_system_fonts=True,
        sys_inputs=asked["inputs"],
    )  # fmt: skip
    try:
        _, warnings = compiler.compile_with_warnings(
            output=source.with_suffix(".pdf"),
            pdf_standards=asked["standards"], timestamp=asked["timestamp"],
        )  # fmt: skip
    except typst.TypstError as error:
        return {"refused": (error.message, error.diagnostic, error.hints)}
    except ValueError as error:  # of a standard that there is not
        return {"refused": (str(error), "", ())}
    places = json.loads(compiler.query("<place>", "value"))
    return {"places": places, "warnings": [(one.message, one.diagnostic) for one in warnings]}


if __name__ == "__main__":
    json.dump(_run(json.load(sys.stdin)), sys.stdout)
