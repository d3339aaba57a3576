"""Look up the archived copy of a page that is gone.

The Internet Archive's availability interface: https://archive.org/help/wayback_api.php
"""

import re
from datetime import UTC, date, datetime
from urllib.parse import urlencode

from sphinx_evidence.network.client import Client


async def find_snapshot(client: Client, address: str, day: date | None) -> tuple[str, date] | None:
    """Address and day of the copy nearest to ``day``, when the page was last seen well."""
    query = {"url": address, **({"timestamp": f"{day:%Y%m%d}"} if day else {})}
    reply = await client.data(f"{client.settings.archive_base}?{urlencode(query)}")
    try:
        closest = reply.payload["archived_snapshots"]["closest"]  # type: ignore[index]
        when = datetime.strptime(closest["timestamp"][:8], "%Y%m%d").replace(tzinfo=UTC).date()
        copy, status = str(closest["url"]), str(closest["status"])
    except (KeyError, TypeError, ValueError):  # no copy, or an answer of another form
        return None
    # The copy of an error page helps nobody.
    if status != "200" or not closest.get("available"):
        return None
    return re.sub(r"^http://(?=web\.archive\.org/)", "https://", copy), when
