"""The page's scripts import one way, as their rooms are listed."""

from __future__ import annotations

import graphlib
import re

import pytest

from support.paths import WEB

# a room of the page's scripts -> the rooms it may import, besides itself; "" is main.js
WEB_ALLOWED = {
    "i18n": set(),
    "wire": set(),
    "link": {"wire"},
    "canvas/fill": {"wire"},
    "canvas": {"canvas/fill", "wire", "i18n"},
    "storage": {"canvas", "i18n"},
    "export": {"storage", "canvas", "wire", "i18n"},
    "actions": {"canvas", "wire", "i18n"},
    "local": {"canvas", "wire", "i18n"},
    "panels": {"actions", "export", "storage", "canvas", "canvas/fill", "wire", "i18n"},
    "": {"actions", "panels", "export", "storage", "canvas", "link", "wire", "i18n"},
}
SCRIPTS = [path.relative_to(WEB).as_posix() for path in sorted(WEB.rglob("*.js"))]


def scripts_imported(script: str) -> set[str]:
    """The scripts of the page that one of them imports."""
    text, here = (WEB / script).read_text("utf-8"), (WEB / script).parent
    found = re.findall(r"""(?:from|import|import\()\s*['"](\.[^'"]+)['"]""", text)
    return {(here / name).resolve().relative_to(WEB).as_posix() for name in found}


def wrong_scripts(script: str, names: set[str]) -> list[str]:
    def room(name: str) -> str:
        return name.rpartition("/")[0]

    here = room(script)
    return [name for name in sorted(names) if room(name) != here and room(name) not in WEB_ALLOWED[here]]


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_scripts_of_the_page_import_one_way(script: str) -> None:
    assert scripts_imported(script) <= set(SCRIPTS)
    assert not wrong_scripts(script, scripts_imported(script))


@pytest.mark.parametrize(
    ("script", "name"),
    [
        ("canvas/journal.js", "panels/layers.js"),
        ("wire/encode.js", "canvas/edits.js"),
        ("storage/database.js", "wire/protocol.js"),
        ("panels/pins.js", "main.js"),
    ],
)
def test_the_test_of_scripts_can_fail(script: str, name: str) -> None:
    assert wrong_scripts(script, {name})


def test_no_room_of_scripts_stands_on_itself() -> None:
    list(graphlib.TopologicalSorter(WEB_ALLOWED).static_order())  # raises CycleError
