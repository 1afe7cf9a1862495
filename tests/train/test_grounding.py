"""Grounding: captions say which words name which parts, and attention is turned from the parts to those words."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from transformers import AutoTokenizer

from controlnet.attention import plain_attention
from sprint_live.train.ablations import NoSheet
from sprint_live.train.data import shards
from sprint_live.train.data.captions import caption
from sprint_live.train.data.color_words import ALSO, rgb_of
from sprint_live.train.data.drawn_scenes import DrawnSceneMaker
from sprint_live.train.data.phrases import Phrase
from sprint_live.train.data.scene_mix import SceneMix
from sprint_live.train.loop.options import LoopOptions
from sprint_live.train.networks import teacher
from sprint_live.train.networks.grounding import grounded, grounding_loss
from sprint_live.train.networks.latent_datasets import LatentDataset
from sprint_live.train.networks.part_areas import MAX_PARTS, encode_parts, part_areas
from tests.train.test_training import SMALL

ROOT = Path(__file__).resolve().parents[2]
SAID = SceneMix(comic=1.0, place=0.0, emoji=0.0, say=1.0, colored=0.0)


@pytest.fixture(scope="module")
def tokenizer():
    return AutoTokenizer.from_pretrained(ROOT / "assets" / "sprint-tiny" / "tokenizer")


@pytest.mark.parametrize("seed", range(8))
def test_a_phrase_says_the_color_of_its_own_parts(seed: int) -> None:
    scene = DrawnSceneMaker(SAID, kinds=("house", "car", "cat")).make(128, np.random.default_rng(seed))
    assert scene.phrases and "\ue000" not in scene.caption
    colored = 0
    for thing in scene.page.placed:
        for named in thing.named:
            phrase = next((one for one in scene.phrases if one.ids == named.ids), None)
            if phrase is None:  # the body's color stands in the thing's own phrase
                continue
            words = scene.caption[phrase.start : phrase.end]
            assert any(form in words for form in (named.color, *ALSO.get(named.color, ()))), (words, named)
            assert np.abs(scene.page.colors_01[list(phrase.ids)] - rgb_of(named.color)).max() < 0.15
            colored += 1
    assert colored


def test_every_part_belongs_to_one_phrase() -> None:
    for seed in range(6):
        scene = DrawnSceneMaker(SAID, kinds=("house", "rocket")).make(128, np.random.default_rng(seed))
        ids = [number for phrase in scene.phrases for number in phrase.ids]
        assert sorted(ids) == sorted(number for thing in scene.page.placed for number in thing.ids)


def test_wording_does_not_change_with_the_marks() -> None:
    scene = DrawnSceneMaker(SAID, kinds=("house",)).make(128, np.random.default_rng(5))
    words = [
        caption(scene.page, material="comic", words="comic", place="", rng=np.random.default_rng(seed)).text
        for seed in range(20)
    ]
    assert len(set(words)) > 5 and all(text.isascii() and "  " not in text for text in words)


def test_areas_and_tokens_of_a_house_with_a_blue_roof(tokenizer) -> None:
    text = "a red house with a blue roof"
    labels = np.zeros((64, 64), np.uint8)
    labels[16:32], labels[32:] = 2, 1
    phrases = (Phrase(start=19, end=28, ids=(2,)), Phrase(start=0, end=11, ids=(1,)))
    coverage, span = part_areas(tokenizer, text, labels, phrases, latent_side=4, max_tokens=12)
    assert coverage[0, :, 0].tolist() == [0, 255, 0, 0] and coverage[1, :, 0].tolist() == [0, 0, 255, 255]
    tokens = ["[CLS]", *tokenizer.tokenize(text), "[SEP]"]
    assert [tokens[index] for index in np.flatnonzero(span[0])] == ["blue", "roof"]
    assert [tokens[index] for index in np.flatnonzero(span[1])] == ["a", "red", "house"]
    assert not coverage[2:].any() and not span[2:].any() and len(span) == MAX_PARTS


def test_shards_carry_the_parts_to_the_latents(tmp_path: Path, tokenizer) -> None:
    labels = np.zeros((32, 32), np.uint8)
    labels[:16] = 3
    pair = shards.Pair(
        picture_u8=np.zeros((32, 32, 3), np.uint8),
        sketch_u8=np.zeros((32, 32), np.uint8),
        caption="a red roof",
        origin="test",
        labels_u8=labels,
        phrases=(Phrase(start=2, end=10, ids=(3,)),),
    )
    photo = shards.Pair(picture_u8=pair.picture_u8, sketch_u8=pair.sketch_u8, caption="a photo", origin="test")

    class Maker:
        def pairs(self, shard: str):
            yield from (pair, photo)

    shards._start_worker(Maker(), tmp_path)
    shards._write_shard("scenes-00000")
    (path,) = shards.shard_paths(tmp_path)
    (text, read, phrases), (_, none, no_phrases) = shards.read_parts(path)
    assert (text, phrases) == (pair.caption, pair.phrases) and np.array_equal(read, labels)
    assert none is None and no_phrases == ()
    encode_parts(tokenizer, tmp_path, tmp_path / "latents", latent_side=2, num_shards=1, max_tokens=8)
    found = load_file(tmp_path / "latents" / "grounding-00000-02.safetensors")
    assert found["coverage"][0, 0].tolist() == [[255, 255], [0, 0]] and found["span"][
        0, 0
    ].nonzero().flatten().tolist() == [2, 3]
    assert not found["coverage"][1].any()


def test_the_loss_is_that_of_its_equation() -> None:
    attention = torch.tensor([[[0.1, 0.6, 0.3], [0.5, 0.25, 0.25]]])  # two image tokens, three of text
    coverage = torch.tensor([[[1.0, 0.0], [0.25, 1.0], [0.0, 0.0]]])
    span = torch.tensor([[[False, True, True], [True, False, False], [False, False, False]]])
    one, other = -math.log(0.9), -(0.25 * math.log(0.1) + math.log(0.5)) / 1.25
    wanted = (one + math.sqrt(1.25) * other) / (1 + math.sqrt(1.25))
    loss = grounding_loss([attention], coverage, span, torch.ones(1))
    assert loss.item() == pytest.approx(wanted, abs=2e-3)
    assert grounding_loss([attention], coverage, span, torch.zeros(1)).item() == 0
    both = grounding_loss(
        [torch.cat([attention, attention.flip(-1)])],
        coverage.repeat(2, 1, 1),
        span.repeat(2, 1, 1),
        torch.tensor([1.0, 0.0]),
    )
    assert both.item() == pytest.approx(loss.item())


def test_kept_attention_changes_no_velocity_and_is_the_first_half_of_the_heads() -> None:
    torch.manual_seed(0)
    model = teacher.TeacherAndBranch(SMALL).eval()
    inputs = (
        torch.randn(2, 32, 4, 4),
        torch.tensor([1.0, 0.4]),
        torch.randn(2, 5, 384),
        torch.ones(2, 5),
        torch.randn(2, 32, 4, 4),
    )
    with torch.no_grad(), plain_attention(model):
        plain = model.velocity(*inputs)
        with grounded(model.transformer) as told:
            kept = model.velocity(*inputs)
        assert torch.equal(plain, kept) and torch.equal(plain, model.velocity(*inputs))
    assert len(told) == 2 and all(one.seen_BNL.shape == (2, 16, 5) for one in told)
    torch.testing.assert_close(told[0].seen_BNL.sum(-1), torch.ones(2, 16))


def test_a_teacher_learns_where_to_look(tmp_path: Path) -> None:
    generator = torch.Generator().manual_seed(0)
    picture, control = (torch.randn(8, 32, 4, 4, generator=generator).half() for _ in range(2))
    coverage = torch.zeros(8, MAX_PARTS, 4, 4, dtype=torch.uint8)
    coverage[:, 0, :2], coverage[:, 1, 2:] = 255, 255
    span = torch.zeros(8, MAX_PARTS, 5, dtype=torch.bool)
    span[:, 0, 1], span[:, 1, 3] = True, True
    control[:, :, :2] += 2  # the upper half can be told from the lower
    save_file({"picture": picture, "control": control}, tmp_path / "latents-00000-04.safetensors")
    text = torch.randn(1, 5, 384, generator=generator).repeat(8, 1, 1).half()
    save_file({"text": text, "length": torch.full((8,), 5, dtype=torch.int16)}, tmp_path / "text-00000.safetensors")
    save_file({"coverage": coverage, "span": span}, tmp_path / "grounding-00000-04.safetensors")
    batch = LatentDataset(tmp_path, 4).rows([0, 1], torch.device("cpu"))
    assert (
        batch.coverage.shape == (2, MAX_PARTS, 16)
        and batch.coverage.max() == 1
        and batch.span.shape == (2, MAX_PARTS, 5)
    )
    loop = LoopOptions(
        num_updates=20,
        batch_size=8,
        learning_rate=5e-3,
        warmup_updates=5,
        optimizer="adamw",
        dtype="float32",
        stats_every=2,
    )
    recipe = teacher.TeacherRecipe(
        latents=tmp_path,
        out=tmp_path / "run",
        loop=loop,
        network=SMALL,
        latent_sides=(4,),
        grounding=1.0,
        drop_text=0.0,
    )
    assert teacher.train(recipe, torch.device("cpu"), NoSheet(torch.zeros(2, 384)))
    told = [json.loads(line)["grounding"] for line in (tmp_path / "run" / "stats.jsonl").read_text().splitlines()]
    assert told[0] > 1.2 and told[-1] < 0.2 * told[0]
