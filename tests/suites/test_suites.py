"""The published suites: closed forms, layouts, rules, and that no part of a set has a figure."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from PIL import Image

from sprint_live.cli import _suite, main
from sprint_live.errors import InputError, WeightsError
from sprint_live.suites import dpg, geneval, networks, scores
from sprint_live.suites.frechet import Moments, frechet, read_reference, reference_name, write_reference
from sprint_live.suites.geneval import Found
from sprint_live.suites.plan import SUITES, Item, Suite, items, missing, of_shard


def _moments(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    moments = Moments()
    moments.add(values)
    return moments.result()


def test_the_distance_of_gaussians_is_the_closed_form():
    rng = np.random.default_rng(0)
    scales, shift = np.array([1.0, 2.0, 0.5]), np.array([0.3, -1.0, 2.0])
    axes = np.linalg.qr(rng.normal(size=(3, 3)))[0]
    one = np.zeros(3), axes @ np.diag(scales**2) @ axes.T
    other = shift, axes @ np.diag((3 * scales) ** 2) @ axes.T
    assert frechet(one, other) == pytest.approx((shift**2).sum() + ((2 * scales) ** 2).sum(), rel=1e-9)
    values = rng.normal(size=(40, 64))  # fewer pictures than features
    assert abs(frechet(_moments(values), _moments(values))) < 1e-6
    first, second = _moments(values), _moments(rng.normal(size=(50, 64)) + 1)
    assert frechet(first, second) == pytest.approx(frechet(second, first), rel=1e-6)


def test_chunks_are_all_at_once_and_a_large_mean_loses_nothing(tmp_path):
    values = np.random.default_rng(1).normal(size=(101, 7)) + 1e6
    moments = Moments()
    for chunk in np.array_split(values, 9):
        moments.add(chunk)
    mean, covariance = moments.result()
    np.testing.assert_allclose(mean, values.mean(0), rtol=1e-12)
    np.testing.assert_allclose(covariance, np.cov(values.T), rtol=1e-6, atol=1e-8)
    write_reference(tmp_path / "real.npz", (mean, covariance))
    for stored, wanted in zip(read_reference(tmp_path / "real.npz"), (mean, covariance), strict=True):
        np.testing.assert_array_equal(stored, wanted)
    np.savez(tmp_path / "other.npz", mu=mean)
    with pytest.raises(InputError, match="other.npz"):
        read_reference(tmp_path / "other.npz")
    assert reference_name(512, 30_000) == "MJHQ_30K_512px_fid_embeddings_30000.npz"
    with pytest.raises(InputError, match="1 features"):
        _moments(values[:1])


def test_the_short_side_is_scaled_and_the_middle_kept():
    wide = np.zeros((40, 120, 3), np.uint8)
    wide[:, 36:84] = 255
    assert networks.square(wide, 20).shape == (20, 20, 3) and networks.square(wide, 20).min() == 255
    assert networks.square(wide.transpose(1, 0, 2), 20).min() == 255


def _found(left: float, top: float, confidence: float = 0.95, color: str | None = None) -> Found:
    return Found(box=(left, top, left + 10, top + 10), confidence=confidence, color=color)


@pytest.mark.parametrize(
    ("found", "wanted", "correct"),
    [
        ({"cat": [_found(0, 0, 0.31)]}, {"tag": "single_object", "include": [{"class": "cat", "count": 1}]}, True),
        ({"cat": [_found(0, 0, 0.29)]}, {"tag": "single_object", "include": [{"class": "cat", "count": 1}]}, False),
        ({"cat": [_found(0, 0, 0.85)]}, {"tag": "counting", "include": [{"class": "cat", "count": 1}]}, False),
        (
            {"cat": [_found(0, 0), _found(40, 0), _found(80, 0)]},
            {
                "tag": "counting",
                "include": [{"class": "cat", "count": 2}],
                "exclude": [{"class": "cat", "count": 3}],
            },
            False,
        ),
        (
            {"cat": [_found(0, 0, color="red")]},
            {"tag": "colors", "include": [{"class": "cat", "count": 1, "color": "red"}]},
            True,
        ),
        (
            {"cat": [_found(0, 0, 0.9, "blue"), _found(40, 0, 0.8, "red")]},
            {"tag": "colors", "include": [{"class": "cat", "count": 1, "color": "red"}]},
            False,
        ),
        (
            {"cat": [_found(0, 0)], "dog": [_found(50, 0)]},
            {
                "tag": "position",
                "include": [{"class": "cat", "count": 1}, {"class": "dog", "count": 1, "position": ["right of", 0]}],
            },
            True,
        ),
        (
            {"cat": [_found(0, 0)], "dog": [_found(50, 0)]},
            {
                "tag": "position",
                "include": [{"class": "cat", "count": 1}, {"class": "dog", "count": 1, "position": ["left of", 0]}],
            },
            False,
        ),
    ],
)
def test_genevals_rules(found, wanted, correct):
    assert geneval.is_correct(found, wanted) is correct


def test_a_position_needs_more_than_a_tenth_of_both_sides():
    assert geneval.positions(_found(0, 0), _found(1.9, 0)) == set()
    assert geneval.positions(_found(0, 0), _found(30, 0)) == {"left of"}
    assert geneval.positions(_found(0, 30), _found(0, 0)) == {"below"}


def test_the_score_is_the_mean_of_six_tasks_and_needs_every_picture():
    verdicts = [(task, task == "counting") for task, count in geneval.TASKS.items() for _ in range(4 * count)]
    assert len(verdicts) == 2_212
    assert geneval.score(verdicts)["overall"] == pytest.approx(1 / 6)
    with pytest.raises(InputError, match="399 pictures of color_attr.*400"):
        geneval.score(verdicts[:-1])


def test_a_question_counts_nothing_if_its_parent_was_denied(tmp_path):
    (tmp_path / "dpg_bench.csv").write_text(
        "item_id,proposition_id,dependency,question_natural_language\n"
        'a,1,0,Is there a cat?\na,2,1,Is it red?\na,3,"1,2",Is it shiny?\nb,1,0,A dog?\n'
    )
    questions = dpg.read_questions(tmp_path / "dpg_bench.csv")
    assert [one.parents for one in questions["a"]] == [(), (1,), (1, 2)] and len(questions["b"]) == 1
    yes = {1: True, 2: True, 3: True}
    assert dpg.tile_score(questions["a"], yes) == 1
    assert dpg.tile_score(questions["a"], {**yes, 1: False}) == 0
    assert dpg.tile_score(questions["a"], {**yes, 2: False}) == pytest.approx(1 / 3)
    answers = {"a": [yes, yes, yes, {**yes, 1: False}], "b": [{1: True}] * 4}
    assert dpg.score(questions, answers) == pytest.approx(100 * (0.75 + 1) / 2)
    with pytest.raises(InputError, match="1 of 2 prompts"):
        dpg.score(questions, {**answers, "b": [{1: True}] * 3})


def test_a_grid_is_four_tiles_row_by_row():
    grid = np.zeros((4, 4, 3), np.uint8)
    grid[:2, 2:], grid[2:, :2], grid[2:, 2:] = 1, 2, 3
    assert [tile.max() for tile in dpg.tiles(grid)] == [0, 1, 2, 3]


def _geneval_folder(folder: Path) -> Path:
    lines = [
        {"tag": task, "prompt": f"{task} {index}", "include": [{"class": "cat", "count": 1}]}
        for task, count in geneval.TASKS.items()
        for index in range(count)
    ]
    (folder / "evaluation_metadata.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n")
    return folder


def test_totals_shards_names_and_seeds(tmp_path):
    assert {name: suite.total for name, suite in SUITES.items()} == {"mjhq": 30_000, "geneval": 2_212, "dpg": 1_065}
    found = items(SUITES["geneval"], _geneval_folder(tmp_path))
    assert found[5].file == "00001/samples/0001.png" and len({item.seeds for item in found}) == 2_212
    shards = [of_shard(found, index, 4) for index in range(4)]
    assert sorted(item.file for shard in shards for item in shard) == [item.file for item in found]
    with pytest.raises(InputError, match="shard 4 of 4"):
        of_shard(found, 4, 4)
    (tmp_path / "00001/samples").mkdir(parents=True)
    (tmp_path / found[5].file).touch()
    assert len(missing(found, tmp_path)) == 2_211 and found[5] not in missing(found, tmp_path)
    lines = (tmp_path / "evaluation_metadata.jsonl").read_text().splitlines()
    (tmp_path / "evaluation_metadata.jsonl").write_text("\n".join(lines[:-1]))
    with pytest.raises(InputError, match="552 prompts"):
        items(SUITES["geneval"], tmp_path)
    (tmp_path / "meta_data.json").write_text('{"a": {"prompt": "a cat", "category": "animals"}}')
    with pytest.raises(InputError, match="30,000 for mjhq"):
        items(SUITES["mjhq"], tmp_path)
    with pytest.raises(InputError, match="1,065 for dpg"):
        items(SUITES["dpg"], tmp_path)


class _Mean:
    def features(self, pictures_u8):
        return pictures_u8.reshape(len(pictures_u8), -1, 3).mean(1)

    def scores(self, pictures_u8, prompts):
        return [28.0 for _ in prompts]


def test_a_part_run_has_no_figure_and_a_whole_one_has(tmp_path):
    names = {f"{index:03d}": {"prompt": f"picture {index}", "category": "art"} for index in range(8)}
    (tmp_path / "meta_data.json").write_text(json.dumps(names))
    (tmp_path / "mjhq30k_imgs/art").mkdir(parents=True)
    suite = Suite(name="mjhq", total=8, source="here", read=SUITES["mjhq"].read)
    found, run, rng = items(suite, tmp_path), tmp_path / "run", np.random.default_rng(0)
    run.mkdir()
    for item in found:
        pixels = np.broadcast_to(rng.integers(0, 255, (1, 1, 3), dtype=np.uint8), (30, 20, 3))
        for folder in (tmp_path / "mjhq30k_imgs/art", run):
            Image.fromarray(np.ascontiguousarray(pixels)).save(folder / item.file)
    judge = _Mean()
    figures = scores.mjhq(suite, found, tmp_path, run, 16, judge, judge, networks.read_square)
    assert figures["clip"] == 28 and abs(figures["fid"]) < 1e-6
    assert (tmp_path / "MJHQ_30K_16px_fid_embeddings_8.npz").is_file()
    (run / found[3].file).unlink()
    with pytest.raises(InputError, match="7 of 8 files.*003.jpg"):
        scores.mjhq(suite, found, tmp_path, run, 16, judge, judge, networks.read_square)
    whole = items(SUITES["geneval"], _geneval_folder(tmp_path))
    with pytest.raises(InputError, match="0 of 2,212 files"):
        scores.geneval_score(SUITES["geneval"], whole, tmp_path, run)


def test_geneval_is_scored_from_what_a_detector_wrote(tmp_path):
    found, run = items(SUITES["geneval"], _geneval_folder(tmp_path)), tmp_path / "run"
    for item in found:
        (run / item.file).parent.mkdir(parents=True, exist_ok=True)
        (run / item.file).touch()
    with pytest.raises(InputError, match=r"detections\.jsonl.*Mask2Former"):
        scores.geneval_score(SUITES["geneval"], found, tmp_path, run)
    box = {"cat": [{"box": [0, 0, 9, 9], "confidence": 0.95}]}
    lines = [{"file": item.file, "found": box if item.prompt.startswith("colors") else {}} for item in found]
    (run / "detections.jsonl").write_text("\n".join(map(json.dumps, lines)))
    figures = scores.geneval_score(SUITES["geneval"], found, tmp_path, run)
    assert figures["colors"] == 1 and figures["overall"] == pytest.approx(1 / 6)


def test_missing_weights_are_named_with_their_source(tmp_path):
    for network in (networks.Inception, networks.Clip):
        with pytest.raises(WeightsError, match=r"(pt_inception|clip-vit-large-patch14).*https://.*--weights"):
            network(tmp_path, torch.device("cpu"))


def test_published_figures_stand_beside_the_released_models_alone():
    assert scores.published("sana-sprint-0.6b") == {"fid": 6.54, "clip": 28.40, "geneval": 0.76}
    assert scores.published("sprint-tiny") == {}


def test_the_command_wants_its_folders_and_the_suites_own_files(tmp_path, capsys):
    assert main(["eval", "--suite", "dpg"]) != 0
    assert "--suite-data and --suite-run" in capsys.readouterr().err
    given = ["eval", "--suite", "geneval", "--suite-data", str(tmp_path), "--suite-run", str(tmp_path / "run")]
    assert main(given) != 0
    assert "djghosh13/geneval" in capsys.readouterr().err


def test_each_file_is_drawn_with_its_own_seed_and_a_grid_has_four(tmp_path):
    asked = []

    def pipeline(prompt, *, generator, height, width, return_dict, **rest):
        assert return_dict is False
        asked.append((prompt, generator.initial_seed()))
        picture = np.full((1, height, width, 3), generator.initial_seed() / 10)
        return (picture,)  # as a pipeline answers to `return_dict=False`

    args = SimpleNamespace(suite="dpg", steps=2, size=8, suite_run=tmp_path / "run")
    todo = [Item(file="a.png", prompt="a cat", seeds=(4, 5, 6, 7)), Item(file="b/c.png", prompt="a dog", seeds=(9,))]
    _suite._draw(SimpleNamespace(pipeline=pipeline), todo, args)
    assert asked == [*(("a cat", seed) for seed in (4, 5, 6, 7)), ("a dog", 9)]
    grid = np.asarray(Image.open(tmp_path / "run/a.png"))
    assert grid.shape == (16, 16, 3) and [int(tile.mean()) for tile in dpg.tiles(grid)] == [102, 128, 153, 178]
    assert missing(todo, tmp_path / "run") == [] and len(list((tmp_path / "run").rglob("*.*"))) == 2
