"""The kinds of messages: one list in Python, the same in JavaScript, and every message has its own."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import get_args

import pytest

from sprint_live.live.wire import protocol as wire
from sprint_live.live.wire.decoding import _READERS
from sprint_live.live.wire.kinds import Kind, RecordKind
from support.paths import WEB
from support.vectors import VECTORS

LISTS = {"KIND": Kind, "RECORD": RecordKind}


def in_javascript(name: str) -> str:
    first, *others = name.lower().split("_")
    return first + "".join(word.capitalize() for word in others)


def test_every_message_has_a_kind_of_its_own_on_its_own_side():
    sides = {wire.ClientMessage: range(1, 128), wire.ServerMessage: range(128, 256)}
    kinds = [message.kind for side in sides for message in get_args(side)]
    assert sorted(kinds) == sorted(Kind)
    for side, numbers in sides.items():
        assert all(message.kind in numbers for message in get_args(side))
    assert set(get_args(wire.Message)) == set(get_args(wire.ClientMessage)) | set(get_args(wire.ServerMessage))


def test_every_kind_is_read_and_its_message_says_which():
    assert set(_READERS) == set(Kind)
    assert {message.kind for message in VECTORS.values()} == set(Kind)
    for message in VECTORS.values():
        data = wire.encode(message)
        assert data[1] == message.kind == wire.decode(data).kind


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
@pytest.mark.parametrize("name", LISTS)
def test_javascript_has_the_same_list_and_nobody_changes_it(name):
    address = (WEB / "wire" / "protocol.js").as_uri()
    program = (
        f"import({json.dumps(address)}).then((wire) => console.log(JSON.stringify(wire.{name}), "
        f"Object.isFrozen(wire.{name})))"
    )
    said = subprocess.run(["node", "-e", program], capture_output=True, text=True, timeout=30, check=True).stdout
    table, frozen = said.rsplit(" ", 1)
    assert json.loads(table) == {in_javascript(kind.name): kind.value for kind in LISTS[name]}
    assert frozen.strip() == "true"


def test_the_types_of_the_page_have_every_kind_that_the_server_says():
    types = (WEB / "wire" / "messages.js").read_text("utf-8")
    union = re.search(r"@typedef \{([\w| ]+)\} ServerMessage", types)
    assert union is not None
    kinds = {
        name: re.findall(rf"@typedef \{{\{{kind: '(\w+)'(?:(?!@typedef).)*?\}} {name}\b", types, re.DOTALL)
        for name in union[1].split(" | ")
    }
    said = sorted(in_javascript(message.kind.name) for message in get_args(wire.ServerMessage))
    assert sorted(kind for found in kinds.values() for kind in found) == said, kinds
