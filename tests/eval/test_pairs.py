"""Held-out scenes: written, read, judged; a judge that knows real pictures from others,
and chooses a threshold on them alone.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from sprint_live.errors import ArgumentError, SketchError
from sprint_live.eval import fidelity
from sprint_live.eval.edges import FIXED, THRESHOLDS, choose_threshold, edge_curve, f_score
from sprint_live.eval.fidelity import EnginePainter, PairsJudge, WideLines, picture_differences
from sprint_live.eval.pairs import read_pairs
from sprint_live.eval.sheet import pair_rows
from sprint_live.thinning import thin
from sprint_live.train.data.heldout import write_pairs
from support.emoji_packages import write_emoji_packages
from support.models.painter import RGB, Painter

SIDE, NUM = 128, 32
COLORS = list(RGB.values())[:8]


def picture(index: int, rgb: tuple[int, int, int] | None = None, paper: int = 255) -> np.ndarray:
    """A disc or a square somewhere, in a color of its own: picture and sketch differ from scene to scene."""
    page = np.full((SIDE, SIDE, 3), paper, np.uint8)
    x, y, r = 44 + 5 * (index % 8), 44 + 10 * (index // 8), 18 + index % 5 * 4
    if index % 2:
        return cv2.rectangle(page, (x - r, y - r), (x + r, y + r), rgb or COLORS[index % 8], -1)
    return cv2.circle(page, (x, y), r, rgb or COLORS[index % 8], -1, cv2.LINE_AA)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("pairs")
    for index in range(NUM):
        Image.fromarray(picture(index)).save(out / f"{index:03d}.png")
        line = 255 - cv2.morphologyEx(picture(index, (0, 0, 0))[..., 0], cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
        for ending in ("sketch", "contours"):
            Image.fromarray(line).save(out / f"{index:03d}.{ending}.png")
        (out / f"{index:03d}.txt").write_text(f"thing {index}")
    return out


def features(pictures_u8: np.ndarray) -> np.ndarray:
    """A stand-in for the edge network: means and deviations over a 4x4 grid."""
    blocks = pictures_u8.astype(np.float64).reshape(len(pictures_u8), 4, 40, 4, 40, 3)
    return np.concatenate(
        [blocks.mean(axis=(2, 4)).reshape(len(blocks), -1), blocks.std(axis=(2, 4)).reshape(len(blocks), -1)], axis=1
    )


@pytest.fixture(scope="module")
def judge(folder: Path) -> PairsJudge:
    return PairsJudge(read_pairs(folder, SIDE, NUM), features)


class Drawn:
    """A painter that gives what `paint(number)` gives, and remembers what it was handed."""

    def __init__(self, paint) -> None:
        self._paint, self.asked, self.maps = paint, [], []

    def paint(self, maps_u8, captions, seeds):
        self.asked += list(zip(captions, seeds, strict=True))
        self.maps += maps_u8
        return [self._paint(seed) for seed in seeds]


def test_pictures_like_the_real_ones_are_near_and_others_are_far(judge: PairsJudge) -> None:
    rng = np.random.default_rng(0)
    painter = Drawn(
        lambda index: picture(
            index, tuple(int(c) for c in np.clip(np.array(COLORS[index % 8]) + rng.integers(-20, 20, 3), 0, 255))
        )
    )
    near, far = judge.paint(painter), judge.paint(Drawn(lambda index: picture(index, (128, 128, 128), paper=60)))
    assert painter.asked == [(f"thing {index}", index) for index in range(NUM)], "seed i for scene i, in order"
    same, row, other = judge.row(judge.real), judge.row(near), judge.row(far, teacher=near)
    assert same["kernel_distance"]["value"] == same["frechet_distance"]["value"] == 0
    for name in ("kernel_distance", "frechet_distance"):
        assert row[name]["high"] < other[name]["low"], name
    assert row["edge_recall"]["mean"] > 0.98 and row["edge_f"] == row["edge_f_chosen"]
    found = other["ratio_to_teacher"]["frechet"]
    assert found["value"] == pytest.approx(
        other["frechet_distance"]["value"] / row["frechet_distance"]["value"], rel=1e-3
    )
    assert found["value"] > 1.3 and not found["met"]
    assert other["difference_from_teacher"]["mean"] > 30 and "ratio_to_teacher" not in row
    assert picture_differences(near, near) == [0.0] * NUM
    rows = pair_rows(judge.pairs, judge.real, {"near": near})[1]
    assert [cell.label for cell in rows[1]] == ["thing 1", "real", "near"] and np.array_equal(
        rows[1][2].thumbnail_u8, near.thumbnails_u8[1]
    )


def test_the_judge_gives_real_pictures_full_marks_and_others_few(judge: PairsJudge) -> None:
    check = judge.check()
    own, other = (check[name][f"{FIXED:g}"] for name in ("real_against_own_contours", "real_against_others_contours"))
    assert own["edge_recall"]["mean"] > 0.98 and own["edge_precision"]["mean"] > 0.98
    assert other["edge_f"] < 0.4
    assert check["real_called_broken"]["mean"] == 0


def test_the_threshold_is_the_one_that_reads_real_pictures_best(judge: PairsJudge) -> None:
    perfect, noisy, blind = (1.0, 1.0), (1.0, 0.2), (0.0, 0.0)
    curves = [[noisy] * 3 + [perfect] + [blind] * 5, [noisy] * 2 + [perfect] * 2 + [blind] * 5]
    assert choose_threshold(curves) == THRESHOLDS[3]
    faint = [picture(index, (215, 215, 215)) for index in range(4)]
    found = choose_threshold(
        [
            edge_curve(p, ink=pair.contours, lines=thin(pair.contours))
            for p, pair in zip(faint, judge.pairs, strict=False)
        ]
    )
    assert found < FIXED, "faint real lines ask for a lower threshold"
    assert f_score(0.5, 1.0) == pytest.approx(2 / 3) and f_score(0.0, 0.0) == 0


def test_a_threshold_below_the_fixed_one_is_reported_beside_it(judge: PairsJudge, monkeypatch) -> None:
    monkeypatch.setattr(judge, "threshold", THRESHOLDS[2])
    row = judge.row(judge.paint(Drawn(lambda index: picture(index, (245, 245, 245)))))
    assert row["edge_recall"]["mean"] == 0 and row["edge_recall_chosen"]["mean"] > 0.98
    assert set(judge.check()["real_against_own_contours"]) == {"33", "66"}


def test_without_contours_nothing_is_chosen(folder: Path, tmp_path) -> None:
    for path in folder.iterdir():
        if "contours" not in path.name:
            (tmp_path / path.name).symlink_to(path)
    judge = PairsJudge(read_pairs(tmp_path, SIDE, NUM), features)
    assert judge.threshold is None and "edge_recall_chosen" not in judge.row(judge.real)
    assert set(judge.check().values()) == {None}


def test_an_engine_is_asked_for_every_scene_and_lines_can_be_widened(judge: PairsJudge) -> None:
    engine = Painter(lambda prompt, seed: picture(seed))
    painted = judge.paint(EnginePainter(engine, steps=2, size=SIDE))
    assert engine.asked == [(f"thing {index}", index) for index in range(NUM)]
    assert np.array_equal(painted.features, judge.real.features)
    plain, wide = Drawn(picture), Drawn(picture)
    judge.paint(plain), judge.paint(WideLines(wide, 16.0))
    assert all(np.array_equal(one, pair.map_u8) for one, pair in zip(plain.maps, judge.pairs, strict=True))
    assert wide.maps[0].mean() > 1.3 * plain.maps[0].mean()
    assert fidelity.BATCH < NUM and len(wide.maps) == NUM


def test_pairs_are_read_at_the_size_that_is_asked_for(folder: Path) -> None:
    pairs = read_pairs(folder, 64, NUM)
    assert pairs[0].picture_u8.shape == (64, 64, 3) and pairs[0].map_u8.shape == pairs[0].contours.shape == (64, 64)
    assert [pair.name for pair in pairs[:3]] == ["000", "001", "002"] and pairs[2].caption == "thing 2"
    assert pairs[0].map_u8.max() == 255 and not (pairs[0].lines & ~pairs[0].ink).any()


@pytest.mark.parametrize(
    ("spoil", "num", "error", "named"),
    [
        (lambda folder: None, 31, ArgumentError, "32 or more"),
        (lambda folder: (folder / "031.txt").unlink(), 32, ArgumentError, "31 in"),
        (lambda folder: (folder / "003.sketch.png").unlink(), 32, SketchError, "003.sketch.png"),
        (lambda folder: Image.new("L", (9, 9), 255).save(folder / "003.sketch.png"), 32, SketchError, "without a line"),
        (lambda folder: Image.new("RGB", (64, 60)).save(folder / "002.png"), 32, ArgumentError, "64x60"),
    ],
)
def test_a_folder_that_does_not_hold_the_pairs_is_refused(
    folder: Path, tmp_path, spoil, num: int, error: type, named: str
) -> None:
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    spoil(tmp_path)
    with pytest.raises(error, match=named):
        read_pairs(tmp_path, 64, num)


def test_held_out_scenes_are_written_once_and_always_the_same(tmp_path) -> None:
    packages = write_emoji_packages(tmp_path / "node_modules")
    write_pairs(packages, tmp_path / "few", num_pairs=2, side_px=96)
    write_pairs(packages, tmp_path / "many", num_pairs=32, side_px=96)
    pairs = read_pairs(tmp_path / "many", 96, 32)
    assert len(pairs) == 32 and all(pair.caption and pair.contours.any() for pair in pairs)
    for path in (tmp_path / "few").glob("0000*"):
        assert path.read_bytes() == (tmp_path / "many" / path.name).read_bytes(), path.name
    before = (tmp_path / "few/00000.png").stat().st_mtime_ns
    write_pairs(packages, tmp_path / "few", num_pairs=3, side_px=96)
    assert (tmp_path / "few/00000.png").stat().st_mtime_ns == before and (tmp_path / "few/00002.txt").exists()
