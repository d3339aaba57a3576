"""The builder ``pdf``: the whole document as one tagged PDF, set by Typst."""

import os
import shutil
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import cast

import typst
from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.util import logging
from sphinx.util.display import progress_message
from sphinx.util.i18n import format_date
from sphinx.util.nodes import inline_all_toctrees

from sphinx_evidence.pdf.markup import call, content, language
from sphinx_evidence.pdf.structure import finished
from sphinx_evidence.pdf.translator import TypstTranslator
from sphinx_evidence.pdf.walker import PDFError, PDFWarning

logger = logging.getLogger(__name__)
HERE = Path(__file__).parent


class PDFBuilder(Builder):
    """From the doctree to one Typst file, and from there to a tagged PDF.

    The output folder receives the PDF and nothing else, once everything has succeeded. What
    Typst reads stays in the doctree folder under ``_typst``, for looking into.
    """

    name = "pdf"
    format = "typst"
    epilog = "The PDF is in %(outdir)s."
    supported_image_types = ["image/svg+xml", "image/png", "image/jpeg"]  # noqa: RUF012  # Sphinx's own form
    default_translator_class = TypstTranslator

    def get_outdated_docs(self) -> str:
        """Return what Sphinx prints: every build sets the whole document."""
        return "all documents"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:  # noqa: ARG002  # Sphinx's signature
        """Return the document's name; the translator makes an anchor of it."""
        return docname

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:  # noqa: ARG002  # as above
        """Return the target's own address: within one file there is nothing relative."""
        return self.get_target_uri(to, typ)

    def write_documents(self, docnames: AbstractSet[str]) -> None:  # noqa: ARG002  # Sphinx's signature
        """Write the PDF."""
        with progress_message("translating to Typst"):
            tree = self.assemble()
            translator = cast("TypstTranslator", self.create_translator(tree, self))
            translator.parts = self.parts()
            tree.walkabout(translator)
            source = self.prepare(self.main(translator))
        with progress_message("setting the PDF"):
            pdf = finished(self.compile(source), translator.stubs)
            write_whole(Path(self.outdir, f"{self.config.pdf_name}.pdf"), pdf)

    def assemble(self) -> nodes.document:
        """Return the whole document as one tree, without what is for HTML only."""
        root = self.config.root_doc
        tree = inline_all_toctrees(self, set(), root, self.env.get_doctree(root), str, [root])
        for node in [*tree.findall(_is_html_only)]:
            node.parent.remove(node)
        self.env.resolve_references(tree, root, self)
        self.post_process_images(tree)
        return tree

    def parts(self) -> dict[str, str]:
        """Return the captions of the root page's toctrees, each by the first page below it."""
        toctrees = self.env.get_doctree(self.config.root_doc).findall(addnodes.toctree)
        return {
            toctree["includefiles"][0]: toctree["caption"]
            for toctree in toctrees
            if toctree["includefiles"] and toctree.get("caption")
        }

    def main(self, translator: TypstTranslator) -> str:
        """Return the main file: the template, called with the facts of the cover, and the text."""
        lang, region = language(self.config.language)
        date = self.config.pdf_date or self.config.today or format_date(
            self.config.today_fmt or "%-d %B %Y",
            language=self.config.language.replace("-", "_"),  # Babel knows en_GB only
        )  # fmt: skip
        chapters = translator.chapters
        preface = translator.preface if chapters else ""
        shown = call(
            "document.with", title=self.config.pdf_title, subtitle=self.config.pdf_subtitle,
            author=self.config.author, version=self.config.release, date=date,
            lang=lang, region=region, preface=content(preface),
        )  # fmt: skip
        text = "".join(chapters) or translator.preface
        return f'#import "template.typ": *\n#show: {shown}\n{text}\n'

    def prepare(self, main: str) -> Path:
        """Lay out what Typst reads in a folder of its own; return the main file."""
        folder = Path(self.doctreedir, "_typst")
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "images").mkdir(parents=True)
        for image, name in self.images.items():
            shutil.copyfile(self.srcdir / image, folder / "images" / name)
        template = self.config.pdf_template
        shutil.copyfile(
            self.confdir / template if template else HERE / "template.typ", folder / "template.typ"
        )
        source = folder / "main.typ"
        source.write_text(main, "utf-8")
        return source

    def compile(self, source: Path) -> bytes:
        """Return the PDF, the same for the same input if SOURCE_DATE_EPOCH is set.

        Raises PDFError with Typst's own message, for example for a letter that no font has.
        """
        stamp = os.environ.get("SOURCE_DATE_EPOCH")
        fonts = [HERE / "fonts", *(self.confdir / path for path in self.config.pdf_font_paths)]
        try:
            pdf, warnings = typst.compile_with_warnings(
                source, root=source.parent, font_paths=fonts, ignore_system_fonts=True,
                pdf_standards=self.config.pdf_standards, timestamp=int(stamp) if stamp else None,
            )  # fmt: skip
        except typst.TypstError as error:
            raise PDFError("\n".join([error.message, *error.hints, error.diagnostic])) from error
        for warning in warnings:
            logger.warning(
                "%s", warning.diagnostic or warning.message, type="pdf", subtype=PDFWarning.TYPST
            )
        return pdf


def _is_html_only(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Element) and "html-only" in node.get("classes", ())


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is either the old one or the new one, whatever happens."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_bytes(data)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
