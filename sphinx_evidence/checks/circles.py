"""Lists of contents that lead back to a page above them: Sphinx and others would walk on for ever.

So it is told before a writer walks, and always as an error; for who walks earlier, it is opened.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import get_node_line
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.diagnostics.finding import Finding, Location, display_path
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.lines import REACH
from sphinx_evidence.text.source import Source, Sources

_whole: WeakKeyDictionary[BuildEnvironment, dict[str, list[str]]] = WeakKeyDictionary()
_SHOWN = 6  # pages of a circle that a message names


def steps_back(
    below: Mapping[str, Iterable[str]], starts: Iterable[str]
) -> Iterator[tuple[str, list[str]]]:
    """Each page that names one above it, with the way that it closes, from that one to itself."""
    done: set[str] = set()
    for start in starts:
        way = {} if start in done else {start: iter(dict.fromkeys(below.get(start, ())))}
        while way:
            page, names = next(reversed(way.items()))
            named = next(names, None)
            if named is None:
                done.add(way.popitem()[0])
            elif named in way:
                above = list(way)
                yield page, [*above[above.index(named) :], named]
            elif named not in done:
                way[named] = iter(dict.fromkeys(below.get(named, ())))


def _steps_back(env: BuildEnvironment) -> Iterator[tuple[str, list[str]]]:
    below = _whole.get(env, env.toctree_includes)
    return steps_back(below, [env.config.root_doc, *sorted(below)])


def circles(env: BuildEnvironment) -> Iterator[Finding]:
    """Each list of contents that closes a circle."""
    sources = Sources()
    for page, way in _steps_back(env):
        shown = way if len(way) <= _SHOWN else [*way[: _SHOWN - 2], "…", *way[-2:]]
        wrong = f'This list of contents leads back to "{way[-1]}": {" → ".join(shown)}.'
        remedy = "Delete the line: a page is named by one list above it, and by none below."
        path = Path(env.doc2path(page))
        toctree = next(
            one for one in env.get_doctree(page).findall(addnodes.toctree)
            if way[-1] in one["includefiles"]
        )  # fmt: skip
        place = _place(sources[path], path, toctree, way[-1])
        yield place.finding(Rule.PAGE_CIRCLE, wrong, remedy)


def names_itself(env: BuildEnvironment, page: str, toctree: nodes.Element) -> Finding:
    """The finding on a list that names its own page, of which Sphinx says that it is not there."""
    path = Path(env.doc2path(page))
    place = _place(Source(path.read_text("utf-8", "replace")), path, toctree, page)
    wrong = "This list of contents names its own page."
    remedy = "Delete the line; where readers shall find this page in the list, write self."
    return place.finding(Rule.PAGE_CIRCLE, wrong, remedy)


def _place(source: Source, path: Path, toctree: nodes.Element, named: str) -> Location:
    """The line of a list that names a page; else where the list begins."""
    first = get_node_line(toctree) or 1
    name = re.escape(named.rpartition("/")[2])
    entry = re.compile(rf"(?:.*<)?(?:[\w./-]*/)?{name}(?:\.\w+)?>?")
    for line in range(first + 1, first + REACH):
        text = source.line(line)
        if entry.fullmatch(text.strip()):
            return Location(display_path(path), line, len(text) - len(text.lstrip()) + 1)
    return Location(display_path(path), first)  # named by a pattern


def open_circles(_app: Sphinx, env: BuildEnvironment) -> None:
    """Take out the steps that lead back, so that Sphinx can walk the lists."""
    back = {(page, way[-1]) for page, way in _steps_back(env)}
    if back:
        _whole[env] = env.toctree_includes
        env.toctree_includes = {
            page: [name for name in names if (page, name) not in back]
            for page, names in env.toctree_includes.items()
        }


def close_circles(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Put them back for the next run."""
    env.toctree_includes = _whole.pop(env, env.toctree_includes)
    return []


def setup(app: Sphinx) -> ExtensionMetadata:
    """Act as soon as all pages have been read, and before what is known of them is saved."""
    app.connect("env-updated", open_circles, priority=100)
    app.connect("env-get-updated", close_circles, priority=1000)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
