"""Cutouts: emoji pictures with transparency, read from their npm packages.

| package                        | style | license    |
| @lobehub/fluent-emoji-3d       | 3d    | MIT        |
| @iconify-json/fluent-emoji-flat| flat  | MIT        |
| @iconify-json/noto             | noto  | Apache-2.0 |
Names and tags come from emojibase-data (MIT).

Knows: package folders and RGBA arrays.  Must not know: scenes, sketches, training.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from sprint_live.errors import InputError

PACKAGES = ("@lobehub/fluent-emoji-3d", "@iconify-json/fluent-emoji-flat", "@iconify-json/noto", "emojibase-data")
STYLES = ("3d", "flat", "noto")
VECTOR_SIDE_PX = 448
# Unicode groups that are things one can draw, and how often each is picked.
GROUP_WEIGHTS = {0: 0.5, 3: 2.6, 4: 1.8, 5: 1.2, 6: 0.9, 7: 0.9}
_SKIPPED_SUBGROUPS = {10, 15, 57, 58}  # skulls and emotions as signs, hotel, clocks
_SKIPPED_WORDS = ("flag", "keycap", "button", "map of Japan", "globe showing")
_RENAMED = {
    "cat face": "cat",
    "dog face": "dog",
    "tiger face": "tiger",
    "mouse face": "mouse",
    "cow face": "cow",
    "pig face": "pig",
    "monkey face": "monkey",
    "rabbit face": "rabbit",
    "horse face": "horse",
    "dragon face": "dragon",
    "deciduous tree": "tree",
    "evergreen tree": "pine tree",
    "automobile": "car",
    "sport utility vehicle": "car",
    "oncoming automobile": "car",
    "spouting whale": "whale",
    "tropical fish": "fish",
    "sun with face": "sun",
    "shortcake": "cake",
    "birthday cake": "cake",
    "red apple": "red apple",
    "green apple": "green apple",
    "house with garden": "house",
    "sailboat": "boat",
    "potted plant": "plant",
    "honeybee": "bee",
    "lady beetle": "ladybug",
}


@dataclass(frozen=True, kw_only=True)
class Cutout:
    """One emoji in one style. `path_or_svg` is read by `load_rgba` when it is needed."""

    label: str
    tags: tuple[str, ...]
    group: int
    style: str
    path_or_svg: str

    def load_rgba(self) -> np.ndarray:
        """RGBA uint8 (side, side, 4), cropped to its opaque box and padded to a square."""
        if self.style == "3d":
            encoded = np.fromfile(self.path_or_svg, dtype=np.uint8)
            bgra = cv2.imdecode(encoded, cv2.IMREAD_UNCHANGED)
        else:
            bgra = cv2.imdecode(np.frombuffer(_rasterize(self.path_or_svg), np.uint8), cv2.IMREAD_UNCHANGED)
        if bgra is None or bgra.ndim != 3 or bgra.shape[2] != 4:
            raise InputError(
                f"got a cutout without an alpha channel for {self.label!r} ({self.style}); reinstall its npm package"
            )
        return _square(cv2.cvtColor(bgra, cv2.COLOR_BGRA2RGBA))


def _rasterize(svg: str) -> bytes:
    import resvg_py  # only the data build needs it, so it lives in the [train] extra

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=VECTOR_SIDE_PX, height=VECTOR_SIDE_PX))


def _square(rgba_u8: np.ndarray) -> np.ndarray:
    ys, xs = np.where(rgba_u8[..., 3] > 8)
    if len(ys) == 0:
        return rgba_u8
    box = rgba_u8[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    side = max(box.shape[:2]) + 4
    square = np.zeros((side, side, 4), np.uint8)
    top, left = (side - box.shape[0]) // 2, (side - box.shape[1]) // 2
    square[top : top + box.shape[0], left : left + box.shape[1]] = box
    return square


def read_cutouts(node_modules: Path) -> list[Cutout]:
    """Every drawable emoji in every style found below `node_modules`.

    Raises:
        InputError: a package is missing; the message gives the npm command that installs it.
    """
    missing = [name for name in PACKAGES if not (node_modules / name).is_dir()]
    if missing:
        raise InputError(
            f"{node_modules} has no {', '.join(missing)}; run: npm install --prefix {node_modules.parent} "
            f"{' '.join(missing)}"
        )
    entries = json.loads((node_modules / "emojibase-data/en/data.json").read_text("utf-8"))
    vectors = {
        style: _read_iconify(node_modules / "@iconify-json" / folder)
        for style, folder in (("flat", "fluent-emoji-flat"), ("noto", "noto"))
    }
    assets = node_modules / "@lobehub/fluent-emoji-3d/assets"
    cutouts = []
    for entry in entries:
        if entry.get("group") not in GROUP_WEIGHTS or entry.get("subgroup") in _SKIPPED_SUBGROUPS:
            continue
        if any(word in entry["label"] for word in _SKIPPED_WORDS):
            continue
        code = entry["hexcode"].lower()
        common = {
            "label": _RENAMED.get(entry["label"], entry["label"]),
            "tags": tuple(entry.get("tags", ())),
            "group": entry["group"],
        }
        for file in (assets / f"{code}.webp", assets / f"{code.replace('-fe0f', '')}.webp"):
            if file.exists():
                cutouts.append(Cutout(style="3d", path_or_svg=str(file), **common))
                break
        for style, by_code in vectors.items():
            svg = by_code.get(code) or by_code.get(code.replace("-fe0f", ""))
            if svg:
                cutouts.append(Cutout(style=style, path_or_svg=svg, **common))
    return cutouts


def _read_iconify(folder: Path) -> dict[str, str]:
    icons = json.loads((folder / "icons.json").read_text("utf-8"))
    chars = json.loads((folder / "chars.json").read_text("utf-8"))
    by_code = {}
    for code, name in chars.items():
        icon = icons["icons"].get(name)
        if icon:
            width, height = icon.get("width", icons["width"]), icon.get("height", icons["height"])
            by_code[code] = (
                '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 '
                f'{width} {height}">{icon["body"]}</svg>'
            )
    return by_code
