"""Which edition of the document a copy shows: its version and its date."""

from sphinx.config import Config
from sphinx.util.i18n import format_date


def date(config: Config) -> str:
    """The date as readers see it: ``today``, or the time of the build, or SOURCE_DATE_EPOCH."""
    given: str = config.today
    return given or format_date(
        config.today_fmt or "%-d %B %Y",
        language=config.language.replace("-", "_"),  # Babel knows en_GB only
    )


def edition(config: Config) -> str:
    """``Version 0.1.0, 25 November 2026``; the date alone where there is no version."""
    return f"Version {config.release}, {date(config)}" if config.release else date(config)
