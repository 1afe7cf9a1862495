"""Two emoji in all three styles, in the layout of the npm packages."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np

from sprint_live.train.data import cutouts


def disc(rgb: tuple[int, int, int], side: int = 96) -> np.ndarray:
    rgba = np.zeros((side, side, 4), np.uint8)
    cv2.circle(rgba, (side // 2, side // 2), side // 2 - 4, (*rgb, 255), -1)
    return rgba


def write_emoji_packages(root: Path) -> Path:
    """Write the packages below `root` and return it."""
    entries = [
        {"label": "red apple", "hexcode": "1F34E", "tags": ["fruit"], "group": 4, "subgroup": 42},
        {"label": "cat face", "hexcode": "1F431", "tags": ["pet"], "group": 3, "subgroup": 34},
        {"label": "flag: France", "hexcode": "1F1EB", "tags": [], "group": 9, "subgroup": 98},
    ]
    for name in cutouts.PACKAGES:
        (root / name).mkdir(parents=True)
        (root / name / "package.json").write_text(json.dumps({"version": "0.0.1"}))
    (root / "emojibase-data/en").mkdir()
    (root / "emojibase-data/en/data.json").write_text(json.dumps(entries))
    (root / "@lobehub/fluent-emoji-3d/assets").mkdir()
    for code, rgb in (("1f34e", (220, 40, 40)), ("1f431", (240, 160, 40))):
        picture = cv2.cvtColor(disc(rgb, 256), cv2.COLOR_RGBA2BGRA)
        cv2.imencode(".webp", picture)[1].tofile(str(root / f"@lobehub/fluent-emoji-3d/assets/{code}.webp"))
    for folder in ("fluent-emoji-flat", "noto"):
        icons = {
            "width": 32,
            "height": 32,
            "icons": {
                "apple": {"body": '<circle cx="16" cy="16" r="14" fill="#d22"/>'},
                "cat": {"body": '<rect x="4" y="4" width="24" height="24" fill="#fa3"/>'},
            },
        }
        (root / "@iconify-json" / folder / "icons.json").write_text(json.dumps(icons))
        (root / "@iconify-json" / folder / "chars.json").write_text(json.dumps({"1f34e": "apple", "1f431": "cat"}))
    return root
