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
