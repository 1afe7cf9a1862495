"""The page's files can be read: no endless lines, and no style that wins by force."""

from __future__ import annotations

import re

import pytest

from sprint_live.live.server.web_files import SHEETS
from support.paths import WEB

MAX_COLUMNS = 160
FILES = sorted(path for kind in ("*.html", "*.css", "*.js") for path in WEB.rglob(kind))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(WEB).as_posix())
def test_a_line_fits_on_a_screen(path):
    long = [number for number, line in enumerate(path.read_text("utf-8").splitlines(), 1) if len(line) > MAX_COLUMNS]
    assert not long, f"{path.name}: lines {long} have more than {MAX_COLUMNS} columns; break them"


@pytest.mark.parametrize("path", sorted(WEB.glob("*.css")), ids=lambda path: path.name)
def test_no_style_wins_by_force(path):
    rules = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert "!important" not in rules, f"{path.name}: say more in the selector instead of !important"


def test_the_site_has_the_served_pages_style_sheets_in_its_order() -> None:
    sheets = re.findall(r'href="live-web/([^"]+\.css)"', (WEB.parent / "site/static/index.html").read_text("utf-8"))
    assert tuple(sheets) == SHEETS and sorted(sheets) == sorted(path.name for path in WEB.glob("*.css"))
