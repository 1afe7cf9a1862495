"""The page's files over HTTP: one compressed script that browsers keep for good, and an edit without a build step."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess

import httpx
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from sprint_live.errors import ArgumentError
from sprint_live.live.server.front_page import FrontPage
from sprint_live.live.server.script_bundle import bundled
from sprint_live.live.server.web_files import SHEETS, WebFiles
from support.paths import WEB


@pytest.fixture
def modules(tmp_path):
    """Write modules of a page, and bundle them; the first one is the entry."""

    def write(**texts: str):
        for name, text in texts.items():
            (tmp_path / f"{name}.js").write_text(text, "utf-8")
        return bundled(tmp_path, f"{next(iter(texts))}.js")

    return write


@pytest.fixture
def site(tmp_path):
    """(client, folder): a server of a copy of the web folder, which may be edited."""
    folder = tmp_path / "web"
    shutil.copytree(WEB, folder)
    app, files = Starlette(), WebFiles(folder)
    app.mount("/live-web", files)
    app.add_middleware(FrontPage, files=files, transport="auto", folder=folder)
    with TestClient(app) as client:
        yield client, folder


def addresses(html: str) -> list[str]:
    return re.findall(r'(?:href|src)="(live-web/[0-9a-f]{16}/[^"]+)"', html)


def test_what_the_page_asks_for_is_compressed_and_kept_for_good(live_server):
    with httpx.Client(base_url=live_server.base, trust_env=False) as client:
        asked = addresses(client.get("/", headers={"Accept-Language": "de-CH, fr;q=0.5"}).text)
        assert [name.rpartition("/")[2] for name in asked] == [
            *("all.css", "main.js", "link-worker.js", "de.json", "de.json", "presets.json")
        ]
        for address in asked:
            answer = client.get(address)
            assert answer.headers["content-encoding"] == "gzip" and answer.num_bytes_downloaded < len(answer.content)
            assert {"immutable", "max-age=31536000", "private"} <= set(answer.headers["cache-control"].split(", "))
            assert answer.headers["vary"] == "Accept-Encoding" and answer.headers["x-content-type-options"] == "nosniff"
            plain = client.get(address, headers={"Accept-Encoding": "identity"})
            assert "content-encoding" not in plain.headers and plain.content == answer.content
        script = client.get(asked[1])
        assert script.headers["content-type"].startswith("text/javascript") and script.num_bytes_downloaded < 150_000
        assert not re.findall(r"^import\b", script.text, re.MULTILINE), "one request, not one for each module"
        style = client.get(asked[0])
        assert style.headers["content-type"].startswith("text/css")
        assert style.text == "".join((WEB / name).read_text("utf-8") for name in SHEETS)


def test_the_page_itself_is_asked_for_again_and_sent_only_where_it_is_new(live_server):
    first = httpx.get(live_server.base + "/", trust_env=False)
    assert first.headers["cache-control"] == "no-cache" and first.headers["content-encoding"] == "gzip"
    again = httpx.get(live_server.base + "/", headers={"If-None-Match": first.headers["etag"]}, trust_env=False)
    assert again.status_code == 304 and not again.content
    other = {"If-None-Match": first.headers["etag"], "Accept-Language": "fr"}
    assert httpx.get(live_server.base + "/", headers=other, trust_env=False).status_code == 200


def test_an_edited_file_is_served_at_the_next_visit_and_an_old_address_gives_todays_file(site):
    client, folder = site
    [old] = [name for name in addresses(client.get("/").text) if name.endswith("main.js")]
    assert "immutable" in client.get(old).headers["cache-control"]
    with (folder / "panels" / "tips.js").open("a", encoding="utf-8") as script:
        script.write("\n// edited\n")
    [new] = [name for name in addresses(client.get("/").text) if name.endswith("main.js")]
    assert new != old and "// edited" in client.get(new).text
    stale = client.get(old)  # a page of yesterday, or of a server that is not updated yet
    assert "// edited" in stale.text and stale.headers["cache-control"] == "no-cache"
    assert client.get(new.replace("main.js", "no-such.js")).status_code == 404
    assert client.get(f"{new}/../../../../errors.py").status_code == 404


def test_a_bundle_does_what_its_modules_do(modules, tmp_path):
    node = shutil.which("node")
    if node is None:
        pytest.skip("node runs the bundle")
    texts = modules(
        main="import { two as zwei, Pair } from './numbers.js';\nimport {\n  name,\n} from './words.js';\n"
        "const one = 'own';\nexport const said = `${one} ${zwei()} ${new Pair().sum} ${name}`;\n",
        numbers="import { name } from './words.js';\nexport * from './more.js';\nconst one = 1;\n"
        "export function two() { return one + 1; }\nexport class Pair { sum = one + two(); word = name; }\n",
        more="export const three = 3;\n",
        words="export const name = 'word';\nglobalThis.evaluated = (globalThis.evaluated ?? 0) + 1;\n",
    )
    for name, text in {**texts, "package.json": '{"type": "module"}'}.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "run.js").write_text(
        "import { said } from './main.js';\nimport { Pair, three } from './numbers.js';\n"
        "console.log(said, three, new Pair().word, evaluated);\n",
        "utf-8",
    )
    done = subprocess.run([node, tmp_path / "run.js"], capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout == "own 2 3 word 3 word 1\n", "each module once, also where its own address is imported"


@pytest.mark.parametrize(
    ("texts", "named"),
    [
        ({"a": "import { x } from './b.js';\n", "b": "export const y = 1;\n"}, "'x'"),
        ({"a": "import { b } from './b.js';\n", "b": "import { a } from './a.js';\nexport const b = 1;\n"}, "circle"),
        ({"a": "import b from './b.js';\n", "b": ""}, "import b from"),
        ({"a": "export default 1;\n"}, "export default"),
        ({"a": "export let x = 1;\n"}, "export let"),
        ({"a": "const there = new URL('b.js', import.meta.url);\n"}, "import.meta"),
        ({"a": "const b = await import('./b.js');\n"}, "import('./b.js"),
    ],
)
def test_a_form_that_cannot_be_put_together_is_refused_by_name(modules, texts, named):
    with pytest.raises(ArgumentError, match="accepted: .*fix: ") as refused:
        modules(**texts)
    assert named in str(refused.value)


def test_the_files_are_packed_alike_on_every_server(site):
    client, folder = site
    address = next(name for name in addresses(client.get("/").text) if name.endswith("main.js"))
    built = WebFiles(folder).built()
    assert address == f"live-web/{built.version}/main.js"
    assert gzip.decompress(built.packed["main.js"]).decode() == client.get(address).text
