"""Writes sprint_live/web/wire/draw-settings.js, the page's copy of the table in sprint_live/api/draw_settings.py.

python scripts/draw_settings.py     after every change of the table; tests/web/test_draw_settings.py fails until then
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from sprint_live.api.draw_settings import DRAW_SETTINGS, Setting  # noqa: E402  # where this file lies comes first

FILE = ROOT / "sprint_live" / "web" / "wire" / "draw-settings.js"
METHODS = {"B": "u8", "H": "u16", "I": "u32"}
HEAD = """\
// The numbers of one drawing, in the order they have on the wire: what each accepts, its default, how it travels, and
// the part that a slider offers. Written by scripts/draw_settings.py from sprint_live/api/draw_settings.py: change that
// file, not this one.

/** @typedef {{low: number, high: number, step: number}} Slider */
/** @typedef {'u8' | 'u16' | 'u32'} Wire */
/** @typedef {{initial: number, low: number, high: number, wire: Wire, scale: number, slider?: Slider}} DrawSetting */

/** @satisfies {Record<string, DrawSetting>} */
export const DRAW_SETTINGS = /** @type {const} */ ({
"""


def script() -> str:
    """The text of the file."""
    return (
        HEAD + "".join(f"  {_camel(name)}: {_entry(setting)},\n" for name, setting in DRAW_SETTINGS.items()) + "});\n"
    )


def _entry(setting: Setting) -> str:
    numbers = f"initial: {setting.default:.10g}, low: {setting.low:.10g}, high: {setting.high:.10g}"
    travel = f"wire: '{METHODS[setting.wire]}', scale: {setting.scale}"
    if setting.slider is None:
        return f"{{ {numbers}, {travel} }}"
    low, high, step = setting.slider
    return f"{{ {numbers}, {travel}, slider: {{ low: {low:.10g}, high: {high:.10g}, step: {step:.10g} }} }}"


def _camel(name: str) -> str:
    return re.sub(r"_(\w)", lambda match: match[1].upper(), name)


if __name__ == "__main__":
    FILE.write_text(script(), encoding="utf-8")
