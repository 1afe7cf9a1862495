"""Each use of diffusers' Sana pipelines, run on theirs and on ours; the guide has the table."""

from __future__ import annotations

import pytest

from support.uses import USES, Side, Use, outcome, same
from support.uses.table import GUIDE, guide


@pytest.mark.filterwarnings("ignore")  # a use may warn on either side
@pytest.mark.parametrize("use", [use for _, use in USES], ids=[f"{subject}: {use.name}" for subject, use in USES])
def test_a_use_does_what_the_table_says(tmp_path, monkeypatch, use: Use) -> None:
    monkeypatch.setattr("diffusers.utils.dynamic_modules_utils.HF_MODULES_CACHE", str(tmp_path / "modules"))
    theirs, ours = (outcome(use, Side(is_ours, tmp_path / str(is_ours))) for is_ours in (False, True))
    failed = isinstance(theirs, Exception), isinstance(ours, Exception)
    if use.verdict == "same":
        assert same(ours, theirs), f"theirs: {theirs!r}\nours: {ours!r}"
    elif use.verdict == "better":
        assert failed == (True, False), f"theirs: {theirs!r}\nours: {ours!r}"
    else:
        assert not same(ours, theirs), f"both: {ours!r}"


def test_the_guide_shows_every_use() -> None:
    assert GUIDE.read_text(encoding="utf-8") == guide(), (
        "write it anew: PYTHONPATH=tests:. python -m support.uses.table"
    )
    assert all(use.why for _, use in USES if use.verdict != "same")
    assert len({(subject, use.name) for subject, use in USES}) == len(USES)
