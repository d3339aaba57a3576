"""Settings of what the site gets beside its pages."""

from dataclasses import dataclass, field

from sphinx_evidence.settings import about


@dataclass(frozen=True)
class DownloadsSettings:
    """What `{downloads}` offers."""

    downloads: dict[str, str] = field(
        default_factory=dict,
        metadata=about(
            "What the directive `downloads` offers: from the words of the link to the file, "
            "relative to the pages.",
            rebuild="env",
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
