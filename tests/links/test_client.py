"""Where a redirect leads, and what is said of an address that cannot be asked."""

import asyncio
from collections.abc import Iterator

import pytest

from sphinx_evidence.network.client import Client, target
from tests.links.world import World, played


@pytest.fixture
def world() -> Iterator[World]:
    with played() as made:
        yield made


@pytest.mark.parametrize(
    ("location", "page"),
    [
        ("b", "https://site.test/b"),
        ("//other.test/b?c=d#e", "https://other.test/b?c=d#e"),
        ("HTTP://other.test/b", "http://other.test/b"),
        ("/b%20%2C,(c)", "https://site.test/b%20%2C,(c)"),
        ("/b c", "https://site.test/b%20c"),
        ("/man\udcc3\udca9", "https://site.test/man%C3%A9"),
        ("/man\udce9", "https://site.test/man%E9"),
        ("http://b\xfccher.test/", "http://b\xfccher.test/"),
        ("http://b\udcfccher.test/", ""),
        ("http://[b/", ""),
        ("http:///b", ""),
        ("mailto:people@site.test", ""),
        ("", ""),
    ],
)
def test_where_a_redirect_leads(location: str, page: str) -> None:
    assert target("https://site.test/a", location) == page


@pytest.mark.parametrize("address", ["http://a\\b.test/", "http://xn--\xad.test/"])
def test_an_address_that_cannot_be_asked_is_malformed(address: str, world: World) -> None:
    async def reason() -> str:
        async with Client(world.settings(), world.clock) as client:
            return (await client.ask(address)).answer.reason

    assert asyncio.run(reason()) == "the address is malformed"
