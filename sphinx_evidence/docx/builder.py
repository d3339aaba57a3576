"""The builder ``evidence-docx``, for short ``docx``: the whole document as one .docx."""

import os
import shutil
import time
from collections.abc import Set as AbstractSet
from pathlib import Path

from sphinx.builders import Builder
from sphinx.locale import _
from sphinx.util.display import progress_message

from sphinx_evidence import settings
from sphinx_evidence.diagnostics.finding import did_you_mean, nearest
from sphinx_evidence.docx.settings import DocxSettings
from sphinx_evidence.runtime.abort import abort_on
from sphinx_evidence.runtime.bibtex import bibliography_of
from sphinx_evidence.runtime.builders import require
from sphinx_evidence.runtime.config import read
from sphinx_evidence.runtime.digests import digest
from sphinx_evidence.runtime.edition import edition
from sphinx_evidence.runtime.inlined import resolved, with_pages_below
from sphinx_evidence.runtime.written import run_of
from sphinx_evidence.text.atomic import write_atomically


class DocxBuilder(Builder):
    """From the doctrees to one .docx. The output folder receives it and nothing else."""

    name = "evidence-docx"
    format = "docx"
    epilog = "The copy in Word is in %(outdir)s."
    supported_image_types = ["image/svg+xml", "image/png", "image/jpeg"]  # noqa: RUF012  # Sphinx's own form

    def init(self) -> None:
        """Know the settings, before anything is read."""
        require("docx", "docx", "typst")
        self.tags.add("docx")  # for words of a page that are for it alone
        self.settings = read(DocxSettings, self.config)

    def get_outdated_docs(self) -> str:
        """Return what Sphinx prints: every build writes the whole document."""
        return "all documents"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:  # noqa: ARG002  # Sphinx's signature
        """Return the document's name; the translator makes a bookmark of it."""
        return docname

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:  # noqa: ARG002  # as above
        """Return the target's own address: within one file there is nothing relative."""
        return self.get_target_uri(to, typ)

    def write_documents(self, docnames: AbstractSet[str]) -> None:  # noqa: ARG002  # Sphinx's signature
        """Write the .docx, unless it lies there as this very project made it."""
        self._check_left_out()
        path, run = Path(self.outdir, f"{self.settings.docx_name}.docx"), run_of(self)
        kept = path.read_bytes() if path.is_file() else b""
        if not run.is_forced and not run.pages and run.last.files == {path.name: digest(kept)}:
            run.now.files = run.last.files
            return
        with progress_message("writing the copy in Word"):
            made = self._made()
        if made != kept:
            write_atomically(path, made)
        run.now.files = {path.name: digest(made)}

    def _check_left_out(self) -> None:
        """Tell a page of ``evidence_docx_without`` that is not there, or cannot be left out."""
        pages = self.env.found_docs - {self.config.root_doc}
        for name in self.settings.docx_without:
            if name not in pages:
                remedy = did_you_mean([f'"{one}"' for one in nearest(name, pages)], "Delete it.")
                wrong = f'there is no page "{name}" that the copy can do without.'
                conf = Path(self.confdir, "conf.py")
                abort_on([settings.fault(conf, "evidence_docx_without", wrong, remedy)])

    def _made(self) -> bytes:
        from sphinx_evidence.docx.package import Facts, Package  # noqa: PLC0415  # needs the extra
        from sphinx_evidence.docx.translator import WordTranslator  # noqa: PLC0415  # as above

        config, root = self.config, self.config.root_doc
        tree = resolved(self, root, with_pages_below(self, root, self.settings.docx_without))
        tree["docname"] = root
        self.post_process_images(tree)
        facts = Facts(
            title=config.project, author=config.author, language=config.language.replace("_", "-"),
            foot=f"{config.project}, {edition(config)}", page=_("page").capitalize(),
            time=int(os.environ.get("SOURCE_DATE_EPOCH") or time.time()),
        )  # fmt: skip
        package = Package(facts, self._images(), self._home)
        walker = WordTranslator(tree, self, package, self._front(), self._works())
        walker.visit_document(tree)
        return package.save()

    def _images(self) -> Path:
        """Lay out the images under the names that Sphinx gives them; return the folder."""
        folder = Path(self.doctreedir, "_docx")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for image, name in self.images.items():
            shutil.copyfile(self.srcdir / image, folder / name)
        return folder

    def _front(self) -> list[tuple[str, str]]:
        """What stands below the title, each with its style."""
        config = self.config
        rights = config.copyright if isinstance(config.copyright, str) else ""
        found = [
            ("Subtitle", self.settings.docx_subtitle), ("Imprint", config.author),
            ("Imprint", edition(config)), ("Imprint", rights and f"© {rights}"),
            ("Imprint", config.html_baseurl), ("Notice", self.settings.docx_notice),
        ]  # fmt: skip
        return [(style, text) for style, text in found if text]

    def _home(self, path: Path) -> str:
        """How a file of the project is named, from the folder in which the builder was called."""
        for folder in (Path.cwd(), Path(self.confdir)):
            if path.is_relative_to(folder):
                return path.relative_to(folder).as_posix()
        return path.name

    def _works(self) -> dict[str, tuple[Path, int]]:
        """Where each work is written, by the names of its references."""
        if "cite" not in self.env.domaindata:
            return {}
        entries = bibliography_of(self.config, Path(self.confdir)).entries
        return {
            one.citation_id: (Path(entries[one.key].path).resolve(), entries[one.key].line)
            for one in self.env.domaindata["cite"].get("citations", ())
            if one.key in entries
        }
