"""A real web site in another tab of the same browser tries to drive the server on this machine:
it cannot read, draw or upload.
"""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from support.browser.flags import FLAGS

# every way a page has to reach another server; each tells what became of it
ATTACK_JS = """async (target) => {
  const outcome = {};
  outcome.socket = await new Promise((resolve) => {
    const socket = new WebSocket(target.replace('http', 'ws') + 'live');
    socket.onopen = () => resolve('open');
    socket.onerror = () => resolve('refused');
  });
  outcome.read = await fetch(target + 'config').then((answer) => answer.text(), () => 'refused');
  const photo = new Blob([Uint8Array.from(atob(window.photo), (char) => char.charCodeAt(0))]);
  const post = (mode) => fetch(target + 'photo-lines?detector=dark', { method: 'POST', body: photo, mode });
  outcome.post = await post('no-cors').then((answer) => answer.type + answer.status, () => 'refused');
  outcome.credentials = await fetch(target + 'metrics', { credentials: 'include', mode: 'no-cors' })
    .then((answer) => answer.type, () => 'refused');
  const frame = document.body.appendChild(Object.assign(document.createElement('iframe'), { name: 'sink' }));
  const form = Object.assign(document.createElement('form'), {
    action: target + 'photo-lines?detector=dark', method: 'POST', enctype: 'text/plain', target: 'sink',
  });
  form.append(Object.assign(document.createElement('input'), { name: 'x', value: '1' }));
  document.body.append(form);
  const loaded = new Promise((resolve) => { frame.onload = resolve; setTimeout(resolve, 3000); });
  form.submit();
  await loaded;
  return outcome;
}"""


class Site(BaseHTTPRequestHandler):
    """The hostile site: one empty page."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><body>hello")

    def log_message(self, *_):
        """Silent."""


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture
def visit(browser, chromium_path):
    """Open an address in a browser for which evil.example is this machine."""
    rebound = browser.browser_type.launch(
        executable_path=chromium_path, args=[*FLAGS, "--host-resolver-rules=MAP evil.example 127.0.0.1"]
    )

    def opened(address: str):
        page = rebound.new_context().new_page()
        page.goto(address)
        page.evaluate("(photo) => { window.photo = photo; }", PHOTO)
        return page

    yield opened
    rebound.close()


def _photo() -> str:
    import base64
    import io

    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (64, 64), "white")
    ImageDraw.Draw(picture).line((5, 5, 60, 60), fill="black", width=5)
    data = io.BytesIO()
    picture.save(data, "PNG")
    return base64.b64encode(data.getvalue()).decode()


PHOTO = _photo()


@pytest.fixture
def traced(live_server, monkeypatch):
    """How many photos the engine was made to trace."""
    photos = []
    detect = live_server.engine.detect
    monkeypatch.setattr(
        live_server.engine,
        "detect",
        lambda photo, *, detector: photos.append(photo) or detect(photo, detector=detector),
    )
    return photos


def test_the_server_s_own_page_can_do_all_of_it(visit, live_server, traced):
    """The attack is not toothless: from the right origin it works."""
    own = visit(live_server.base + "/live-web/page.css").evaluate(ATTACK_JS, live_server.base + "/")
    assert own["socket"] == "open" and '"components"' in own["read"] and own["post"] == "basic200" and traced


@pytest.mark.parametrize("where", ["another port", "another name", "rebound name"])
def test_another_site_can_do_none_of_it(visit, live_server, site, traced, where):
    target = live_server.base + "/"
    if (
        where == "rebound name"
    ):  # DNS says that evil.example is this machine: same origin for the browser, not for the server
        target = target.replace("127.0.0.1", "evil.example")
        page = visit(target)
        assert "is not one of this server" in page.inner_text("body")
    else:
        page = visit(site if where == "another port" else site.replace("127.0.0.1", "evil.example"))
    outcome = page.evaluate(ATTACK_JS, target)
    assert outcome["socket"] == "refused"
    assert "components" not in outcome["read"] and outcome["post"] in ("opaque0", "refused", "basic403")
    assert not traced and not live_server.engine.codes


def test_a_sandboxed_frame_whose_origin_is_null_can_do_none_of_it(visit, live_server, site, traced):
    page = visit(site)
    page.evaluate(
        """([attack, target, photo]) => new Promise((resolve) => {
          window.onmessage = (event) => { window.outcome = event.data; resolve(); };
          const frame = document.createElement('iframe');
          frame.sandbox = 'allow-scripts allow-forms';
          const act = `(${attack})('${target}').then((told) => parent.postMessage(told, '*'));`;
          frame.srcdoc = `<body><script>window.photo = '${photo}'; ${act}<\\/script>`;
          document.body.append(frame);
        })""",
        [ATTACK_JS, live_server.base + "/", PHOTO],
    )
    outcome = page.evaluate("() => window.outcome")
    assert outcome["socket"] == outcome["read"] == "refused"
    assert not traced and not live_server.engine.codes
