"""Fixtures of the training tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.emoji_packages import write_emoji_packages


@pytest.fixture
def node_modules(tmp_path: Path) -> Path:
    return write_emoji_packages(tmp_path / "node_modules")
