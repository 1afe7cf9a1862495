"""A refused connection is told in the language of the page, whether the page came by POST or by Gradio events."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess

import pytest

from sprint_live.coded_text import body_of, coded
from sprint_live.errors import BusyError, told_by
from sprint_live.live.security.rate_limits import LimitReached
from sprint_live.live.transports import gradio_events
from sprint_live.live.transports.long_poll import UnknownConnection
from sprint_live.live.wire.batches import pack_down
from support.paths import WEB

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")

ANSWERS = {
    "403": (403, None, body_of(coded("access.token"))),
    "429": (429, 7, body_of(told_by(LimitReached(429, 7.0)))),
    "503": (503, 5, body_of(coded("server.full", {"most": 512}))),
    "503 of a proxy": (503, None, None),
    "413 of a proxy": (413, None, None),
    "404": (404, None, body_of(told_by(UnknownConnection()))),
}
LANGUAGES = ("en", "de", "fr")
SCRIPT = """
import { EventLink } from '%(web)s/link/event-link.js';
import { PostLink } from '%(web)s/link/post-link.js';
import { inWords, useMessages } from '%(web)s/i18n/server-messages.js';
import { decodeServer } from '%(web)s/wire/protocol.js';
const { answers, events, tables } = %(given)s;
const inLanguage = (table, said) => {
  useMessages(table);
  return inWords(said);
};
const named = Object.entries(tables);
const words = (said) => Object.fromEntries(named.map(([name, table]) => [name, inLanguage(table, said)]));
const closed = (Link, answer) => new Promise((done) => {
  globalThis.fetch = answer;
  const heard = [];
  const hooks = {
    onopen: () => link.send(new Uint8Array([1])),
    grant: async () => ({}),
    onmessage: (data) => heard.push(decodeServer(data)),
    onclose({ code, said, retryAfterMs }) {
      if (said) heard.push(said);
      done({ code, retryAfterMs, words: heard.map(words) });
    },
  };
  const link = new Link('http://localhost/', '', hooks);
});
const over = {};
for (const [name, [status, retryS, body]] of Object.entries(answers)) {
  const headers = retryS ? { 'Retry-After': String(retryS) } : {};
  const answer = async () => new Response(body ? JSON.stringify(body) : '<html>', { status, headers });
  over[name] = [await closed(PostLink, answer), await closed(EventLink, answer)];
}
for (const [name, batch] of Object.entries(events)) {
  const stream = `event: generating\\ndata: ["${batch}"]\\n\\n`;
  const answer = async (url) => new Response(String(url).includes('call/live/') ? stream : '{"event_id": "1"}');
  over[name] = [await closed(EventLink, answer)];
}
console.log(JSON.stringify(over));
"""


@pytest.fixture(scope="module")
def outcomes() -> dict[str, list[dict]]:
    refused = {
        "event, too many": LimitReached(429, 6.2),
        "event, full": BusyError(coded("server.full", {"most": 512})),
        "event, gone": UnknownConnection(),
    }
    given = {
        "answers": ANSWERS,
        "events": {
            name: base64.b64encode(pack_down(gradio_events._refusal(error))).decode() for name, error in refused.items()
        },
        "tables": {
            name: json.loads((WEB / "languages" / "messages" / f"{name}.json").read_text("utf-8")) for name in LANGUAGES
        },
    }
    script = SCRIPT % {"web": WEB.as_uri(), "given": json.dumps(given)}
    ran = subprocess.run(
        ["node", "--input-type=module", "-e", script], capture_output=True, text=True, timeout=60, check=True
    )
    return json.loads(ran.stdout)


@pytest.mark.parametrize(
    ("name", "close_code", "retry_ms", "german"),
    [
        ("403", 1008, None, "Token"),
        ("429", 1013, 7000, "zu viele Anfragen"),
        ("503", 1013, 5000, "512"),
        ("503 of a proxy", 1013, None, "HTTP 503"),
        ("413 of a proxy", 1009, None, "HTTP 413"),
        ("event, too many", 1013, 7000, "zu viele Anfragen"),
        ("event, full", 1013, 5000, "512"),
    ],
)
def test_a_refusal_is_told_once_in_every_language(outcomes, name, close_code, retry_ms, german):
    for outcome in outcomes[name]:
        assert (outcome["code"], outcome["retryAfterMs"]) == (close_code, retry_ms)
        [words] = outcome["words"]
        assert german in words["de"] and len(set(words.values())) == 3, words


@pytest.mark.parametrize("name", ["404", "event, gone"])
def test_a_connection_that_is_gone_is_taken_up_again_without_a_word(outcomes, name):
    assert all(outcome["code"] == 1006 and outcome["words"] == [] for outcome in outcomes[name])
