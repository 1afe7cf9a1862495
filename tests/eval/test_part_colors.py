"""Named parts and their words: painters that obey, that do not, and the drawings that are shipped."""

from __future__ import annotations

import colorsys
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from sprint_live.errors import ArgumentError
from sprint_live.eval import color_words
from sprint_live.eval.color_words import WORDS, color_word, lab_of
from sprint_live.eval.colors import WORDS as PIXEL_WORDS
from sprint_live.eval.part_colors import judge_parts, summarize_parts
from sprint_live.eval.parts import PartDrawing, has_parts, read_parts
from sprint_live.eval.sheet import contact_sheet, part_rows
from support.models.painter import RGB

PARTS = Path(__file__).resolve().parents[2] / "assets" / "drawings" / "parts"
SIDE = 256


def word_of(rgb: tuple[float, ...]) -> str:
    return color_word(lab_of(np.clip(np.round(rgb), 0, 255).astype(np.uint8)))


def test_every_word_is_read_back_and_so_are_the_words_of_pixels() -> None:
    assert set(WORDS) == set(PIXEL_WORDS)
    assert {word: word_of(rgb) for word, rgb in RGB.items()} == {word: word for word in RGB}
    for word, codes in color_words.EXAMPLES.items():
        assert [word_of(tuple(bytes.fromhex(code))) for code in codes] == [word] * len(codes)


@pytest.mark.parametrize("word", ["red", "yellow", "green", "blue", "purple", "pink", "brown", "black"])
def test_a_shaded_part_keeps_its_word(word: str) -> None:
    light = (np.array(RGB[word]) / 255) ** 2.2
    for share in (0.5, 0.7, 1.0):
        assert word_of(255 * (light * share) ** (1 / 2.2)) == word, share


def test_hues_go_round_in_order() -> None:
    ring = [word_of(255 * np.array(colorsys.hsv_to_rgb(hue / 360, 0.8, 0.9))) for hue in range(0, 360, 10)]
    order = list(dict.fromkeys(ring))
    assert order == ["red", "orange", "yellow", "green", "blue", "purple", "pink"] and ring[-1] in ("red", "pink")
    grays = [word_of((value,) * 3) for value in range(0, 256, 8)]
    assert list(dict.fromkeys(grays)) == ["black", "gray", "white"]


def test_hue_counts_more_than_lightness(monkeypatch) -> None:
    light = (np.array(RGB["green"]) / 255) ** 2.2
    shades = [255 * (light * share) ** (1 / 2.2) for share in np.linspace(0.15, 1, 12)]
    assert {word_of(shade) for shade in shades} == {"green"}
    monkeypatch.setattr(color_words, "LIGHTNESS_WEIGHT", 12.0)
    assert {word_of(shade) for shade in shades} > {"green"}, "with lightness in the lead, shades fall apart"


@pytest.fixture
def one_house(tmp_path) -> Path:
    page = Image.new("L", (1024, 1024), 255)
    pen = ImageDraw.Draw(page)
    pen.rectangle((200, 480, 800, 900), outline=0, width=8)
    pen.polygon([(150, 470), (500, 150), (850, 470)], outline=0, width=8)
    page.save(tmp_path / "house.png")
    entry = {
        "file": "house.png",
        "noun": "house",
        "parts": {"walls": [[500, 700]], "roof": [[500, 350]]},
        "prompts": [{"prompt": "a red house with a blue roof", "colors": {"walls": "red", "roof": "blue"}}],
    }
    (tmp_path / "parts.json").write_text(json.dumps([entry]))
    return tmp_path


def house(walls: str, roof: str) -> np.ndarray:
    page = Image.new("RGB", (SIDE, SIDE), "white")
    pen = ImageDraw.Draw(page)
    pen.rectangle((50, 120, 200, 225), fill=RGB[walls], outline=0, width=2)
    pen.polygon([(37, 117), (125, 37), (212, 117)], fill=RGB[roof], outline=0, width=2)
    return np.asarray(page)


def share(folder: Path, walls: str, roof: str, style: str = "") -> tuple[dict, list, list[PartDrawing], list[str]]:
    prompts, drawings = [], read_parts(folder, SIDE)

    def draw(sketch_u8: np.ndarray, prompt: str, seed: int) -> np.ndarray:
        prompts.append(prompt)
        return house(walls, roof)

    verdicts = judge_parts(draw, drawings, num_seeds=2, style=style)
    return summarize_parts(verdicts), verdicts, drawings, prompts


def test_obedient_parts_score_one_and_swapped_ones_none(one_house) -> None:
    report, verdicts, _, prompts = share(one_house, "red", "blue", "comic")
    assert prompts == ["a red house with a blue roof, comic"] * 2 and [verdict.seed for verdict in verdicts] == [0, 1]
    assert (
        report["part_colors"]["mean"] == report["part_colors"]["low"] == 1 and report["part_colors"]["num_values"] == 4
    )
    assert report["by_drawing"] == {"house": 1.0} and report["by_word"]["red"] == {"obeyed": 1.0, "seen": {"red": 2}}
    assert (
        report["mottle"]["median"]["mean"] == pytest.approx(0, abs=1e-3)
        and report["mottle"]["median"]["num_values"] == 4
    )
    swapped, _, _, _ = share(one_house, "blue", "red")
    assert swapped["part_colors"]["mean"] == 0 and swapped["by_word"]["red"]["seen"] == {"blue": 2}
    half, verdicts, drawings, _ = share(one_house, "red", "green")
    assert half["part_colors"]["mean"] == 0.5
    heading, rows = part_rows(drawings, verdicts)
    assert [cell.label for cell in rows[0]] == ["house", "red blue:green"] and rows[0][1].good is False
    assert contact_sheet([(heading, rows)]).shape == (28 + 152, 132 * 2, 3)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"parts": {"walls": [[500, 700]], "roof": [[20, 20]]}}, "no area"),
        ({"prompts": [{"prompt": "a house", "colors": {"door": "red"}}]}, "door"),
        ({"prompts": [{"prompt": "a house", "colors": {"roof": "teal"}}]}, "teal"),
        ({"prompts": [{"prompt": "a house"}]}, "not such a list"),
        ({"parts": 3}, "not such a list"),
    ],
)
def test_a_wrong_index_is_refused(one_house, change: dict, named: str) -> None:
    entries = json.loads((one_house / "parts.json").read_text())
    (one_house / "parts.json").write_text(json.dumps([entries[0] | change]))
    with pytest.raises(ArgumentError, match=named):
        read_parts(one_house, SIDE)
    (one_house / "parts.json").write_text("{")
    with pytest.raises(ArgumentError, match="not such a list"):
        read_parts(one_house, SIDE)


@pytest.mark.parametrize("size", [512, 1024])
def test_the_shipped_drawings_have_their_parts(size: int) -> None:
    assert has_parts(PARTS) and not has_parts(PARTS.parent)
    drawings = read_parts(PARTS, size)
    assert len(drawings) >= 26 and len({one.drawing.name for one in drawings}) == len(drawings)
    assert {one.drawing.name for one in drawings} == {path.stem for path in PARTS.glob("*.png")}
    for one in drawings:
        name = one.drawing.name
        assert len(one.asked) >= 2 and one.drawing.sketch_u8.shape[:2] == (1024, 1024), name
        covered = np.sum(list(one.areas.values()), axis=0)
        assert covered.max() == 1, f"{name}: two parts share an area"
        assert min(area.sum() for area in one.areas.values()) > 0.0004 * size**2, name
        for asked in one.asked:
            assert all(word in asked.prompt.split() or f"{word}," in asked.prompt for word in asked.colors.values()), (
                asked
            )
