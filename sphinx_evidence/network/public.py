"""Whether an address is of the public web, and not of this machine or the network it is in."""

import asyncio
from ipaddress import ip_address
from urllib.parse import urlsplit


async def is_public(address: str) -> bool:
    """Whether every machine that the host of an address may mean is one that anybody can reach.

    A name that nobody knows is left to whoever asks, who will be told so.
    """
    try:
        parts = urlsplit(address)
        if parts.username or parts.scheme not in {"http", "https"} or not parts.hostname:
            return False
        found = await asyncio.get_running_loop().getaddrinfo(parts.hostname, parts.port or 80)
    except OSError:
        return True
    except ValueError:  # a port that is no number
        return False
    return all(is_global(str(one[4][0])) for one in found)


def is_global(number: str) -> bool:
    """Whether an IP address is one of the public network."""
    return ip_address(number.partition("%")[0]).is_global
