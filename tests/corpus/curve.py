"""How much evidence makes a lone name and year a citation: what is found, and what is told wrongly.

Only lines without markup are looked at, so that nothing has to be built.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from unittest.mock import patch

from sphinx_evidence.prose import classify
from sphinx_evidence.prose.citation import Mention
from sphinx_evidence.prose.evidence import ENOUGH
from sphinx_evidence.prose.scanner import scan
from tests.corpus.corpus import load

_MARKUP = re.compile(r"[`%$|<]|\.\. |::|>>>|^ {4}|^>|^#|^\[", re.MULTILINE)


def curve(folders: Iterable[Path]) -> Iterator[str]:
    """For each sum of signs: recall of names without an entry, and alarms on clean lines."""
    cases = [
        (name, case)
        for folder in folders
        for name in ("defects.toml", "clean.toml")
        for case in load(folder, name)
        if not _MARKUP.search(case["text"])
    ]
    for enough in range(ENOUGH - 3, ENOUGH + 4):
        found, missed, alarms, clean = 0, 0, 0, 0
        with patch.object(classify, "ENOUGH", enough):
            for name, case in cases:
                sure = [m for m in scan(case["text"]) if m.sure and _is_lone(m)]
                words = [case["text"][m.start : m.end] for m in sure]
                alarms += bool(sure) * (name == "clean.toml")
                clean += name == "clean.toml"
                for cite in case.get("cites", ()):
                    if (
                        not cite.get("keys")
                        and "near" not in cite
                        and _LONE.fullmatch(cite["words"])
                    ):
                        told = any(cite["words"] in told or told in cite["words"] for told in words)
                        found, missed = found + told, missed + (not told)
        mark = "  <- ENOUGH" if enough == ENOUGH else ""
        yield (
            f"{enough:3}: recall {found / (found + missed):.3f} of {found + missed}, "
            f"{alarms} of {clean} clean lines told{mark}"
        )


_LONE = re.compile(r"[^\W\d_][\w'’-]+ \(\d{4}\)")


def _is_lone(mention: Mention) -> bool:
    reading = mention.works[0].readings[0]
    return mention.form == "narrative" and len(reading.names) == 1 and not reading.et_al
