"""What the guides claim is held by a test has that test."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PEERS = (ROOT / "assets" / "guides" / "peers.md").read_text("utf-8")


def test_every_test_named_beside_a_feature_exists():
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PEERS)
    missing = [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / path).is_file() or f"def {name}(" not in (ROOT / path).read_text("utf-8")
    ]
    assert len(named) > 40 and not missing


def test_every_path_of_the_maps_exists():
    for name in ("CONTRIBUTING.md", "SECURITY.md", "README.md"):
        named = re.findall(
            r"`((?:sprint_live|controlnet|tests|scripts|assets)/[\w./-]*)`", (ROOT / name).read_text("utf-8")
        )
        assert len(named) >= 4 and not [path for path in named if not (ROOT / path).exists()]


def test_all_twenty_requests_are_answered_and_every_row_has_a_reason():
    asked = PEERS.split("## What users ask for")[1].split("## What none")[0]
    assert re.findall(r"^(\d+)\. ", asked, flags=re.MULTILINE) == [str(number) for number in range(1, 21)]
    rows = re.findall(r"^\| (?!feature)(.+) \|$", PEERS, flags=re.MULTILINE)
    assert (
        all(len(row.split(" | ")) == 3 and all(cell.strip() for cell in row.split(" | ")) for row in rows)
        and len(rows) >= 25
    )
