"""The styles of a model: one table for programs and for the page, which shows each row as a small picture.

A row of sprint_live/web/presets.json is a style or a place: its name, the words that are appended to a prompt, and
its label in each language of the page.

Knows: the table.  Must not know: pages, networks.
"""

from __future__ import annotations

import json
from pathlib import Path

TABLE = Path(__file__).parents[1] / "web" / "presets.json"


def preset_styles(model: str) -> dict[str, str]:
    """{name: template with {prompt}} of a model's styles, in the order of the table.

    Raises:
        KeyError: the table has no such model.
    """
    return {row["name"]: "{prompt}" + row["words"] for row in json.loads(TABLE.read_text("utf-8"))[model]["styles"]}
