"""Tokens of any letters open by the printed address; frames, ports and paths of proxies;
and who is refused is told why.
"""

from __future__ import annotations

import logging
from urllib.parse import urljoin, urlsplit

import httpx
import pytest

from sprint_live.errors import ArgumentError
from sprint_live.live.security.access_control import COOKIE, AccessMiddleware, AccessPolicy
from sprint_live.live.security.access_policy import access_policy, address_of, plain_origin
from sprint_live.live.server.front_page import PAGE, REFUSED_JS
from support.paths import ROOT

TOKENS = [
    "sesam",
    "a+b",
    "a&b=c",
    "a;b",
    "a#b",
    "a b",
    "100%",
    "a%2Bb",
    "пароль",
    "密码🔑",
    '"quoted"',
    "a,b\\c",
    "a/b?c",
    "=",
    "ü",
]


async def _page(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"the page"})


def visitor(policy: AccessPolicy, base: str = "http://localhost:7860", root_path: str = "") -> httpx.AsyncClient:
    transport = httpx.ASGITransport(AccessMiddleware(_page, policy), root_path=root_path)
    return httpx.AsyncClient(transport=transport, base_url=base)


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.mark.anyio
@pytest.mark.parametrize("token", TOKENS)
async def test_any_token_opens_by_the_printed_address(token):
    policy = access_policy("0.0.0.0", token, False)
    address = address_of("0.0.0.0", 7860, policy)
    assert address.isascii() and " " not in address
    async with visitor(policy) as client:
        assert (await client.get("/")).status_code == 403
        moved = await client.get(address)
        assert moved.status_code == 303 and token not in moved.headers["location"]
        cookie = moved.headers["set-cookie"].partition(";")[0]
        seen = await client.get("/", headers={"Cookie": f"other=1; {cookie}; broken[]=é".encode()})
        assert seen.status_code == 200 and seen.text == "the page"
        for bearer in (token.encode(), cookie.removeprefix(f"{COOKIE}=").encode()):
            assert (await client.get("/", headers={"Authorization": b"Bearer " + bearer})).status_code == 200
        assert (await client.get("/", headers={"Cookie": f"{cookie}x"})).status_code == 403


@pytest.mark.anyio
async def test_in_the_hubs_frame_the_cookie_is_one_that_browsers_keep():
    async with visitor(access_policy("0.0.0.0", "sesam", False, "me-x.hf.space"), "https://me-x.hf.space") as client:
        attributes = {part.strip() for part in (await client.get("/?token=sesam")).headers["set-cookie"].split(";")}
    assert {"SameSite=None", "Secure", "Partitioned", "HttpOnly"} <= attributes
    async with visitor(access_policy("0.0.0.0", "sesam", False)) as client:
        said = (await client.get("/?token=sesam")).headers["set-cookie"]
    assert "SameSite=Lax" in said and "Secure" not in said


@pytest.mark.anyio
@pytest.mark.parametrize("shown", ["https://site.example/draw/", "https://site.example/a/b/", "https://site.example/"])
async def test_behind_a_path_the_token_is_hidden_without_leaving_it(shown):
    async with visitor(access_policy("0.0.0.0", "sesam", False)) as client:
        moved = await client.get("/?token=sesam&__theme=dark")
        bare = await client.get("/?token=sesam")
    there = urlsplit(urljoin(f"{shown}?token=sesam&__theme=dark", moved.headers["location"]))
    assert f"{there.scheme}://{there.netloc}{there.path}" == shown and there.query == "__theme=dark"
    assert urljoin(f"{shown}?token=sesam", bare.headers["location"]) == shown
    assert "path=" not in moved.headers["set-cookie"].lower()  # the folder of the address, not the whole site


@pytest.mark.anyio
async def test_an_origin_on_another_port_is_told_why_and_can_be_allowed(caplog, monkeypatch):
    caplog.set_level(logging.WARNING, "sprint_live")
    asked = {"Host": "draw.example.org", "Origin": "https://draw.example.org:8443"}
    async with visitor(access_policy("0.0.0.0", None, True)) as client:
        for _ in range(50):
            answer = await client.get("/", headers={**asked, "Host": "10.0.0.1"})
    assert answer.status_code == 403
    for part in ("https://draw.example.org:8443", "10.0.0.1", "$http_host", "--allow-origin"):
        assert part in answer.text
    [line] = [record for record in caplog.records if record.msg == "request_refused"]
    assert line.levelname == "WARNING" and "8443" in line.reason
    async with visitor(
        access_policy("127.0.0.1", None, False, allow_origins=["https://draw.example.org:8443/"])
    ) as client:
        assert (await client.get("/", headers=asked)).status_code == 200
    monkeypatch.setenv("SPRINT_LIVE_ALLOWED_ORIGINS", "https://a.example, https://Draw.example.org:8443")
    async with visitor(access_policy("127.0.0.1", None, False)) as client:
        assert (await client.get("/", headers=asked)).status_code == 200
        assert (await client.get("/", headers={**asked, "Origin": "https://evil.example"})).status_code == 403


@pytest.mark.anyio
async def test_a_flood_of_refusals_does_not_fill_the_log(caplog):
    caplog.set_level(logging.WARNING, "sprint_live")
    async with visitor(access_policy("127.0.0.1", None, False)) as client:
        for number in range(300):
            await client.get("/", headers={"Host": f"{number}.evil.example"})
    assert len([record for record in caplog.records if record.msg == "request_refused"]) <= 110


def test_what_is_no_origin_is_refused_at_the_start():
    assert plain_origin("HTTPS://Draw.example.org:443/") == "https://draw.example.org"
    assert plain_origin("http://[::1]:7860") == "http://[::1]:7860"
    for text in ("*", "draw.example.org", "https://a/b", "https://me@a", "ftp://a", "https://", "https://a:x", "null"):
        with pytest.raises(ArgumentError, match="got the origin .*accepted: .*fix: "):
            plain_origin(text)


def test_the_guide_passes_the_port_on_and_the_page_says_what_was_refused():
    guide = (ROOT / "assets" / "guides" / "serving.md").read_text("utf-8")
    assert "proxy_set_header Host $http_host;" in guide and "Host $host;" not in guide
    assert "--allow-origin" in guide and "SPRINT_LIVE_ALLOWED_ORIGINS" in guide
    assert "<script>{refused}</script>" in PAGE and "method: 'POST'" in REFUSED_JS
    assert "target instanceof HTMLScriptElement" in REFUSED_JS
