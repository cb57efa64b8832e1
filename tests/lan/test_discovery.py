"""The laptop says where it is; a station finds it; nothing goes wrong where nobody can hear."""

from __future__ import annotations

import asyncio

import pytest

from tests.lan.conftest import Laptop
from tests.waits import WAIT_S
from venue_app.lan import discovery
from venue_app.lan.discovery import Announcement, Found, discover
from venue_app.lan.server import LanServer
from venue_app.lan.tls import server_context


async def test_an_announced_laptop_is_found_by_its_title_and_address(laptop: Laptop) -> None:
    context = server_context(laptop.identity.chain, laptop.identity.key)
    server = LanServer(laptop.venue, context, announced=["127.0.0.1"])
    port = await server.start("127.0.0.1", 0)
    wanted = Found("测试活动", f"https://127.0.0.1:{port}")
    found: list[Found] = []
    async with asyncio.timeout(WAIT_S):
        tries = 0
        # whoever else is announced on this machine is heard too: then ours will be
        while wanted not in found and (found or tries < 5):
            found = await discover(0.6, interfaces=["127.0.0.1"])
            tries += 1
    await server.stop()
    if not found:
        pytest.skip("this machine lets no multicast through its loopback")
    assert wanted in found
    assert wanted not in await discover(0.6, interfaces=["127.0.0.1"])  # taken back


async def test_a_network_that_lets_nothing_through_is_no_fault() -> None:
    announcement = Announcement("x", 8443, ["203.0.113.77"])  # not an address of this machine
    async with asyncio.timeout(WAIT_S):
        await announcement.start()
        await announcement.stop()
        await announcement.stop()
    assert not [
        found for found in await discover(0.3, interfaces=["127.0.0.1"]) if "203.0.113.77" in str(found)
    ]


async def test_a_laptop_without_an_address_says_nothing() -> None:
    announcement = Announcement("x", 8443, [])
    await announcement.start()
    await announcement.stop()
    assert announcement._zero is None


async def test_a_title_too_long_is_cut_between_signs() -> None:
    info = Announcement("公" * 100, 1, ["127.0.0.1"])._info(discovery._library())
    assert info.properties[b"title"].decode() == "公" * 66
