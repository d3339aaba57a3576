"""How everything that asks the network asks it, as conf.py has it."""

import re

from sphinx.config import Config

from sphinx_evidence.network.politeness import Settings
from sphinx_evidence.network.settings import NetworkSettings
from sphinx_evidence.runtime.config import read


def asking(config: Config, what: str) -> Settings:
    """How hosts are asked, from conf.py; ``what`` is the check, as hosts read it."""
    ours = read(NetworkSettings, config)
    contact = ours.links_contact or config.html_baseurl
    name = re.sub(r"[^A-Za-z0-9.]+", "-", config.project).strip("-") or "documentation"
    agent = config.user_agent or f"{name} ({what}; sphinx-evidence; {contact})"
    return Settings.of(
        ours,
        user_agent=" ".join(agent.split()),  # a header is one line
        contact=contact,
        workers=config.linkcheck_workers,
        timeout=config.linkcheck_timeout,
        longest_wait=config.linkcheck_rate_limit_timeout,
        tls_verify=config.tls_verify,
    )
