"""The builder ``evidence-epub``, for short ``epub``: the whole document as one EPUB 3 book."""

import os
import shutil
import time
import uuid
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import cached_property
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.builders.epub3 import Epub3Builder
from sphinx.environment.adapters.toctree import global_toctree_for_doc
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.display import progress_message
from sphinx.util.osutil import relative_uri

from sphinx_evidence import settings
from sphinx_evidence.diagnostics.finding import did_you_mean, display_path, nearest
from sphinx_evidence.epub.book import STYLE, Contents, Entry, Facts, pack, rendered
from sphinx_evidence.epub.contents import STILL_TYPES, NotXHTMLError, Page, page
from sphinx_evidence.epub.cover import cover
from sphinx_evidence.epub.faults import EPUBError, EPUBWarning
from sphinx_evidence.epub.settings import EPUBSettings
from sphinx_evidence.policy.written import prove_inert
from sphinx_evidence.runtime import site
from sphinx_evidence.runtime.abort import abort_on
from sphinx_evidence.runtime.builders import require
from sphinx_evidence.runtime.config import read
from sphinx_evidence.runtime.digests import digest
from sphinx_evidence.runtime.edition import edition
from sphinx_evidence.runtime.written import run_of
from sphinx_evidence.text.atomic import write_atomically

logger = logging.getLogger(__name__)
UNSET = "unknown"  # what Sphinx puts where conf.py says nothing


class EPUBBuilder(Epub3Builder):
    """Writes the pages as XHTML in the doctree folder, then packs them.

    The output folder receives the book and nothing else, once everything has succeeded. Pages
    that no toctree names are not in the book, nor are those of ``epub_exclude_files`` with the
    pages below them. The theme and the templates of the site are not used, because a reading
    system has its own frame.
    """

    name = "evidence-epub"
    supported_image_types = [*STILL_TYPES, "image/gif"]  # noqa: RUF012  # Sphinx's own form

    def init(self) -> None:
        """Be known as an EPUB builder to the pages, which may hold words for it alone."""
        require("epub", "typst")
        self.settings = read(EPUBSettings, self.config)
        self.tags.add("epub")
        super().init()

    def get_outdated_docs(self) -> str:  # type: ignore[override]  # as Builder, not as its base
        """Return what Sphinx prints: every build writes the whole book."""
        return "all documents"

    def prepare_writing(self, docnames: AbstractSet[str]) -> None:
        """Empty the folder of the pages."""
        if self.is_kept:
            return
        super().prepare_writing(docnames)
        self.pages = Path(self.doctreedir, "_epub")
        shutil.rmtree(self.pages, ignore_errors=True)
        self._check_left_out()
        self.order = [*dict.fromkeys(self._reading_order(self.config.root_doc))]

    def _check_left_out(self) -> None:
        """Tell a name of ``epub_exclude_files`` that looks like that of a page, and is none."""
        pages = {self.get_target_uri(page) for page in self.env.found_docs}
        pages -= {self.get_target_uri(self.config.root_doc)}
        for name in self.config.epub_exclude_files:  # others are for Sphinx's own builder
            if name.endswith(self.out_suffix) and name not in pages:
                remedy = did_you_mean([f'"{n}"' for n in nearest(name, pages)], "Delete it.")
                wrong = f'there is no page "{name}" that a book can do without.'
                conf = Path(self.confdir, "conf.py")
                abort_on([settings.fault(conf, "epub_exclude_files", wrong, remedy)])

    def _reading_order(self, docname: str) -> Iterator[str]:
        yield docname
        for below in self.env.toctree_includes.get(docname, ()):
            if self.get_target_uri(below) not in self.config.epub_exclude_files:
                yield from self._reading_order(below)

    def copy_assets(self) -> None:
        """Leave the site's styles and scripts where they are."""

    def write_documents(self, docnames: AbstractSet[str]) -> None:  # noqa: ARG002  # Sphinx's signature
        """Write the pages of the book, whichever have changed."""
        if not self.is_kept:
            super().write_documents(set(self.order))

    @cached_property
    def is_kept(self) -> bool:
        """Whether the book lies there as this very project made it."""
        run, path = run_of(self), self.book
        made = path.is_file() and run.last.files.get(path.name) == digest(path.read_bytes())
        if made and not run.pages:
            run.now.files = run.last.files
            return True
        return False

    @property
    def book(self) -> Path:
        """The file that the builder makes."""
        return Path(self.outdir, f"{self.config.epub_basename}.epub")

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Write one page; a link to a page that is not in the book leads to the site.

        Where the site has no address (``html_baseurl``), only its text, with a warning.
        """
        pages = {self.get_relative_uri(docname, page): page for page in self.env.found_docs}
        inside = {*self.order, docname}
        for link in [*doctree.findall(nodes.reference)]:
            uri = link.get("refuri", "")
            address, _, place = uri.partition("#")
            page = pages.get(address)
            if not link.get("internal") or not address or page in inside:
                continue
            if page and (there := site.address(self.config, page, place)):
                link["refuri"] = there
                link["internal"] = False
            else:
                logger.warning(
                    "The link leads to %s, which is not in the book. Only its text is printed.",
                    uri, location=link, type="epub", subtype=EPUBWarning.LINK,
                )  # fmt: skip
                link.replace_self(nodes.inline("", "", *link.children))
        super().write_doc(docname, doctree)

    def handle_page(
        self, pagename: str, addctx: dict[str, Any], *_args: object, **_options: object
    ) -> None:
        """Put the frame of a page around its text, which is proved to do nothing."""
        prove_inert(addctx["body"], self.env.doc2path(pagename), self.config)
        text = rendered(
            "page.xhtml", language=self.config.epub_language, title=self._title(pagename),
            style=relative_uri(self.get_target_uri(pagename), STYLE), body=addctx["body"],
            imprint=self._imprint() if pagename == self.config.root_doc else [],
        )  # fmt: skip
        path = self.pages / f"{pagename}{self.out_suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def finish(self) -> None:
        """Pack the book."""
        if self.is_kept:
            return
        with progress_message("packing the book"):
            config = self.config
            images = {
                f"{self.imagedir}/{name}": Path(self.srcdir, source).read_bytes()
                for source, name in self.images.items()
            }
            picture = cover(config.epub_title, config.epub_author, self._told("description"))
            pages = [*map(self._page, self.order)]
            self._check_claim(pages)
            contents = Contents(_("Contents"), [*self._contents()])
            book = pack(self._facts(), pages, contents, images, picture)
            if not self.book.is_file() or self.book.read_bytes() != book:
                write_atomically(self.book, book)  # and else keep its date, which pages go by
            run_of(self).now.files = {self.book.name: digest(book)}

    def _page(self, docname: str) -> Page:
        path = f"{docname}{self.out_suffix}"
        text = (self.pages / path).read_text("utf-8")
        try:
            return page(path, self._title(docname), text)
        except NotXHTMLError as error:
            raise EPUBError(
                f"{display_path(Path(self.env.doc2path(docname)))}: the page holds HTML that no "
                f"e-book may hold: {error}. Close every element, as in <br/>, and put values in "
                "quotes."
            ) from error

    def _check_claim(self, pages: Iterable[Page]) -> None:
        """Claim no conformance for a book that plainly has none."""
        bare = [page.path for page in pages if page.undescribed]
        if bare and self.settings.epub_certified_by:
            wrong = (
                f"it claims that the e-book is accessible, but a picture in {bare[0]} has no alt."
            )
            conf = Path(self.confdir, "conf.py")
            remedy = "Describe the picture, or delete this setting."
            abort_on([settings.fault(conf, "evidence_epub_certified_by", wrong, remedy)])

    def _title(self, docname: str) -> str:
        return self.env.titles[docname].astext()

    def _told(self, name: str) -> str:
        """A text of the configuration; empty where it is not set."""
        text: str = self.config[f"epub_{name}"]
        return "" if text == UNSET else text

    def _facts(self) -> Facts:
        """What the metadata says; the identifier stays the same as long as the address does."""
        address = self.config.html_baseurl or self.config.project
        publisher = self.config.epub_publisher
        return Facts(
            identifier=self._told("identifier") or uuid.uuid5(uuid.NAMESPACE_URL, address).urn,
            title=self.config.epub_title,
            language=self.config.epub_language,
            author=self.config.epub_author,
            contributor=self._told("contributor"),
            publisher="" if publisher == self.config.epub_author else publisher,  # Sphinx's default
            description=self._told("description"),
            rights=self.config.epub_copyright,
            certifier=self.settings.epub_certified_by,
            certifier_report=self.settings.epub_certifier_report,
            modified=int(os.environ.get("SOURCE_DATE_EPOCH") or time.time()),
        )

    def _imprint(self) -> list[str]:
        """The lines at the foot of the first page: who, which version, whose rights, where."""
        config = self.config
        rights = f"© {config.epub_copyright}" if config.epub_copyright else ""
        return [*filter(None, (config.epub_author, edition(config), rights, config.html_baseurl))]

    def _contents(self) -> Iterator[Entry]:
        """The first page, then what the toctrees show, in their groups."""
        root = self.config.root_doc
        yield Entry(self._title(root), self.get_target_uri(root))
        toctrees = global_toctree_for_doc(
            self.env, root, self, tags=self.tags, maxdepth=self.config.epub_tocdepth
        )
        if toctrees is not None:
            yield from _entries(toctrees, {*map(self.get_target_uri, self.order)})


def _entries(listing: nodes.Element, held: AbstractSet[str]) -> Iterator[Entry]:
    """Read a list of contents as Sphinx resolves it: captions, and lists of links below them.

    ``held`` are the pages that are in the book.
    """
    caption = ""
    for child in listing.children:
        if isinstance(child, nodes.title):
            caption = child.astext()
        elif isinstance(child, nodes.bullet_list):
            entries = tuple(entry for item in child.children for entry in _entry(item, held))
            if caption and entries:
                yield Entry(caption, children=entries)
            else:
                yield from entries
            caption = ""


def _entry(item: nodes.Node, held: AbstractSet[str]) -> Iterator[Entry]:
    """Read one item; a link to another site has no place in the contents of a book.

    Nor has the first page once more, which a toctree names ``self``.
    """
    link = item.next_node(nodes.reference)
    if not isinstance(item, nodes.list_item) or link is None:
        return
    if link.get("internal") and link["refuri"].partition("#")[0] in held:
        yield Entry(link.astext(), link["refuri"], tuple(_entries(item, held)))
