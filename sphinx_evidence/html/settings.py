"""Settings of what the site gets beside its pages."""

from dataclasses import dataclass, field

from sphinx_evidence.settings import about


def _downloads(needs: dict[object, object]) -> None:
    for need, copies in needs.items():
        pairs = copies.items() if isinstance(copies, dict) else [(None, None)]
        if not isinstance(need, str) or not all(isinstance(x, str) for pair in pairs for x in pair):
            wrong = f"{need!r}: {copies!r} is not a need with its copies."
            raise ValueError(wrong, 'Write {"To print": {"The paper": "../build/pdf/paper.pdf"}}.')


@dataclass(frozen=True)
class DownloadsSettings:
    """What `{downloads}` offers."""

    downloads: dict[str, dict[str, str]] = field(
        default_factory=dict,
        metadata=about(
            "What the directive `downloads` offers, as a table: from the need, such as `To print`, "
            "to the words of each link with its file, relative to the pages.",
            rebuild="env",
            validator=_downloads,
        ),
    )


@dataclass(frozen=True)
class CiteThisSettings:
    """What says how the work is cited."""

    cite_this: str = field(
        default="",
        metadata=about(
            "The `CITATION.cff` of the work, relative to `conf.py`. With it, each page of the site "
            "says at its foot how it and its boxes are cited, also as BibTeX, RIS and CSL-JSON, "
            "and in tags for search engines and reference managers; the reference list becomes "
            "files, which the directive `reference-files` offers.",
            rebuild="html",
        ),
    )


@dataclass(frozen=True)
class SitePolicySettings:
    """What pages let a browser do."""

    content_security_policy: str = field(
        default="",
        metadata=about(
            "The Content-Security-Policy of every page of the site. Scripts and styles that the "
            "theme writes into its pages move into files, so the policy need not allow them.",
            rebuild="html",
        ),
    )


@dataclass(frozen=True)
class PreviewsSettings:
    """What opens beside a link."""

    previews: bool = field(
        default=False,
        metadata=about(
            "Whether citations, terms and references to boxes, tables and figures open beside "
            "their link. Each page then holds what it needs for that.",
            rebuild="html",
        ),
    )


@dataclass(frozen=True)
class ReferenceFilterSettings:
    """What stands above the list of references."""

    reference_filter: bool = field(
        default=False,
        metadata=about(
            "Whether readers can filter the list of references: by words, status, kind of work, "
            "and page that cites it. What they choose is kept nowhere.",
            rebuild="html",
        ),
    )


@dataclass(frozen=True)
class SearchSettings:
    """What the site's search is."""

    search: bool = field(
        default=False,
        metadata=about(
            "Whether the site has the search of this extension in place of Sphinx's. It forgives "
            "slips, shows the passages, works from a folder of files, and keeps nothing of what "
            "was typed.",
            rebuild="html",
        ),
    )
    search_synonyms: dict[str, str] = field(
        default_factory=dict,
        metadata=about(
            "Words that readers may type, each with the words of the pages that it stands for, "
            'too: `{"jobs": "employment placement"}`.',
            rebuild="html",
        ),
    )
