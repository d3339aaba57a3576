"""The builder ``evidence-pdf``, for short ``pdf``: documents as tagged PDFs, set by Typst."""

import shutil
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import cast

from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.util.display import progress_message

from sphinx_evidence import settings
from sphinx_evidence.pdf import documents
from sphinx_evidence.pdf.assemble import NOWHERE, assembled
from sphinx_evidence.pdf.documents import PDFDocument, Text
from sphinx_evidence.pdf.markup import call, content, language
from sphinx_evidence.pdf.settings import PDFSettings
from sphinx_evidence.pdf.translator import TypstTranslator
from sphinx_evidence.runtime import edition
from sphinx_evidence.runtime.abort import abort_on
from sphinx_evidence.runtime.builders import require
from sphinx_evidence.runtime.config import read
from sphinx_evidence.runtime.digests import below, digest, digest_of_files
from sphinx_evidence.runtime.written import Run, run_of
from sphinx_evidence.text.atomic import write_atomically

HERE = Path(__file__).parent
# Tells on which page a part ends, and how far down, as `place-of` does in the template.
END = '#context [#metadata(("end", here().page(), here().position().y.mm()))<place>]'


class PDFBuilder(Builder):
    """From the doctrees to one Typst file for each document, and from there to tagged PDFs.

    The output folder receives the PDFs and nothing else, once everything has succeeded. What
    Typst reads stays in the doctree folder under ``_typst``, for looking into.
    """

    name = "evidence-pdf"
    format = "typst"
    epilog = "The PDFs are in %(outdir)s."
    supported_image_types = ["image/svg+xml", "image/png", "image/jpeg"]  # noqa: RUF012  # Sphinx's own form
    default_translator_class = TypstTranslator

    def init(self) -> None:
        """Know the documents, before anything is read."""
        require("pdf", "pikepdf", "typst")
        self.tags.add("pdf")  # for words of a page that are for it alone
        self.settings = read(PDFSettings, self.config)
        self.documents = documents.read(self.settings.pdf_documents, self.config.project)

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
        """Write all PDFs, or none."""
        try:
            documents.check_pages(self.documents, self.env.found_docs, self.config.root_doc)
        except ValueError as error:
            conf = Path(self.confdir, "conf.py")
            abort_on([settings.fault(conf, "evidence_pdf_documents", *error.args)])
        run = run_of(self)
        kept = self.kept(run)
        if not run.pages and len(kept) == len(self.documents):
            run.now.files = run.last.files
            return
        with progress_message("translating to Typst"):
            texts = {document.text: None for document in self.documents}
            translated = {text: self.translate(text) for text in texts}
            folder = self.prepare()
        around = self.around(folder)
        made = {}
        with progress_message("setting the PDFs"):
            for document in self.documents:
                text, name = translated[document.text], document.name
                key = digest(
                    [around, document, self.main(document, text), text.facts(document.size)]
                )
                pdf = kept.get(name, b"")
                if run.last.files.get(name) != f"{key} {digest(pdf)}":
                    pdf = self.make(document, text, folder)
                made[name] = pdf
                run.now.files[name] = f"{key} {digest(pdf)}"
        self.check_sheets(made)
        for name in made.keys() - {name for name, pdf in made.items() if pdf is kept.get(name)}:
            write_atomically(Path(self.outdir, f"{name}.pdf"), made[name])

    def kept(self, run: Run) -> dict[str, bytes]:
        """Return the PDFs that lie there as they were made, by their names."""
        found = {}
        for document in () if run.is_forced else self.documents:
            path = Path(self.outdir, f"{document.name}.pdf")
            pdf = path.read_bytes() if path.is_file() else b""
            if run.last.files.get(document.name, "").endswith(f" {digest(pdf)}"):
                found[document.name] = pdf
        return found

    def around(self, folder: Path) -> str:
        """Return a digest of all that makes a PDF, but for its text."""
        fonts = [
            file for path in self.settings.pdf_font_paths for file in below(self.confdir / path)
        ]
        versions = [version(name) for name in ("pikepdf", "typst")]
        files = digest_of_files([*below(folder), *below(HERE), *fonts])
        return digest([files, versions, self.settings.pdf_standards])

    def check_sheets(self, made: Mapping[str, bytes]) -> None:
        """Stop where a document needs more sheets of paper than it may have."""
        import pikepdf  # noqa: PLC0415  # needs the extra

        conf = Path(self.confdir, "conf.py")
        for number, document in enumerate(self.documents, 1):
            with pikepdf.open(BytesIO(made[document.name])) as pdf:
                needed = (len(pdf.pages) + 1) // 2
            if 0 < document.sheets < needed:
                wrong = f'entry {number}: "{document.name}" needs {needed} sheets, printed on both '
                wrong += f"sides, and may have {document.sheets}."
                remedy = f'Shorten its pages, or write "sheets": {needed}.'
                abort_on([settings.fault(conf, "evidence_pdf_documents", wrong, remedy)])

    def translate(self, text: Text) -> TypstTranslator:
        """Return the translator of a text, which holds the markup and the facts about it."""
        tree = assembled(self, text)
        self.post_process_images(tree)
        translator = cast("TypstTranslator", self.create_translator(tree, self))
        pages = dict.fromkeys([*text.pages, NOWHERE], "")  # each begins on a sheet of its own
        translator.openers = pages if text.pages else self.parts(text)
        translator.brief_references = text.brief_references
        translator.writing_lines = text.writing_lines
        tree.walkabout(translator)
        return translator

    def parts(self, text: Text) -> dict[str, str]:
        """Return the captions of the root page's toctrees, each by the first page below it."""
        toctrees = self.env.get_doctree(self.config.root_doc).findall(addnodes.toctree)
        held = (
            ([page for page in toctree["includefiles"] if page not in text.without], toctree)
            for toctree in toctrees
        )
        return {
            pages[0]: toctree["caption"]
            for pages, toctree in held
            if pages and toctree.get("caption")
        }

    def prepare(self) -> Path:
        """Lay out what Typst reads in a folder of its own; return the folder."""
        folder = Path(self.doctreedir, "_typst")
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "images").mkdir(parents=True)
        for image, name in self.images.items():
            shutil.copyfile(self.srcdir / image, folder / "images" / name)
        template = self.settings.pdf_template
        shutil.copyfile(
            self.confdir / template if template else HERE / "template.typ", folder / "template.typ"
        )
        return folder

    def make(self, document: PDFDocument, text: TypstTranslator, folder: Path) -> bytes:
        """Return a PDF; raises PDFError for what cannot be set."""
        from sphinx_evidence.pdf.structure import finished  # noqa: PLC0415  # needs the extra
        from sphinx_evidence.pdf.typeset import typeset  # noqa: PLC0415  # as above

        source = folder / f"{document.name}.typ"
        source.write_text(self.main(document, text), "utf-8")
        pdf = typeset(
            source, document, text,
            fonts=[self.confdir / path for path in self.settings.pdf_font_paths],
            standards=self.settings.pdf_standards,
        )  # fmt: skip
        return finished(pdf, text.facts(document.size))

    def main(self, document: PDFDocument, text: TypstTranslator) -> str:
        """Return the main file: the template, called with the facts of the cover, and the text."""
        lang, region = language(self.config.language)
        # Without a page of its own before the chapters, there is no text before them either.
        preface = text.preface.markup if text.chapters and not document.text.pages else ""
        shown = call(
            "document.with", title=document.title, subtitle=document.subtitle,
            author=self.config.author, version=self.config.release, date=edition.date(self.config),
            address=self.config.html_baseurl,
            lang=lang, region=region, preface=content(preface),
        )  # fmt: skip
        parts = [part.markup for part in text.chapters or [text.preface]]
        end = f"\n{END}\n"
        body = end.join(parts) if document.text.pages else "".join(parts)
        return f'#import "template.typ": *\n#show: {shown}\n{body}{end}'
