"""The parts of the page's own engine (web/local), run by node: each answers what the server's part answers."""

from __future__ import annotations

import base64
import json
import random
import shutil
import subprocess
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from controlnet.maps import keep_colors, load_detector, spread_colors
from sprint_live.api.draw_settings import controlled_steps
from sprint_live.api.prompt import usable_prompt
from sprint_live.diffusion.sampler import angle_schedule, sample
from sprint_live.diffusion.trigflow import F_by_flow
from sprint_live.engine.autoencoder.pixels import quick_half_pm1, quick_u8
from sprint_live.engine.control_pages import ControlPages
from sprint_live.engine.denoising.plain import painting_angles
from sprint_live.engine.sketch import fit_page, grow_lines
from sprint_live.live.canvas.edits import Arrange, Layer
from sprint_live.live.canvas.page_box import paper_of
from sprint_live.live.canvas.raster import Raster
from sprint_live.live.canvas.strokes import LIFTED, POINT, Mirror, Stroke, Tool, pack_points
from sprint_live.models.zoo import find_model
from support.paths import WEB

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
TINY = find_model("sprint-tiny").folder


@pytest.fixture
def ask(tmp_path):
    def ask_engine(name, argument):
        path = tmp_path / "job.json"
        path.write_text(json.dumps([name, argument]))
        command = ["node", Path(__file__).parent / "local_engine_check.mjs", WEB, path]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ask_engine


def text(array: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()


def numbers(answer: str, dtype=np.uint8) -> np.ndarray:
    return np.frombuffer(base64.b64decode(answer), dtype)


@pytest.mark.parametrize("seed", [0, 1, 42, 2**31, 2**32 - 1])
def test_a_seed_is_the_noise_that_torch_draws(ask, seed):
    generator = torch.Generator().manual_seed(seed)
    shapes = [(1, 32, 16, 16), (1, 32, 8, 8), (1, 32, 21, 12)]
    for answer, shape in zip(
        ask("noise", {"seed": seed, "counts": [int(np.prod(shape)) for shape in shapes]}), shapes, strict=True
    ):
        wanted = torch.randn(shape, generator=generator).numpy().ravel()
        assert np.abs(numbers(answer, np.float32) - wanted).max() < 1e-6


def prompts() -> list[str]:
    """Sentences of the model's own words, and what people type by mistake."""
    rng = random.Random(0)
    words = json.loads((TINY / "tokenizer/tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    known = [word.removeprefix("##") for word in words if not word.startswith("[")]
    odd = [
        "café",
        "naïve",
        "Ünïcödé",
        "don't",
        "x" * 101,
        "ß",
        "ﬁne",
        "日本",
        "中文字",
        "한국어",
        "Привет",
        "🐱",
        "👩‍🎨",
        "🫠",
        "a\tb",
    ]
    odd += [
        "A-B",
        "3.14",
        "$5",
        "…",
        "«quoted»",
        "¿qué?",
        "e\u0301",
        "\u200b",
        "\ufeff",
        "a\u00a0b",
        "[MASK]",
        "[CLS]",
        "İ",
        "Σας",
        "٣",
        "𝔘",
        "a,b;c",
    ]
    mixed = [" ".join(rng.choices(known + odd, k=rng.randint(1, 12))) for _ in range(400)]
    glued = ["".join(rng.choices(known + odd, k=3)) for _ in range(100)]
    return ["", " ", "a cat", "A Cat, made of GOLD", *odd, *mixed, *glued, " ".join(["castle"] * 90)]


def test_a_prompt_is_cut_into_the_servers_tokens(ask):
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(TINY / "tokenizer/tokenizer.json"))
    tokenizer.enable_truncation(64)
    tokenizer.no_padding()
    vocabulary = sorted(tokenizer.get_vocab(), key=tokenizer.get_vocab().get)
    sentences = [usable_prompt(prompt) for prompt in prompts()]
    answers = ask("tokens", {"vocabulary": vocabulary, "most": 64, "prompts": sentences})
    wrong = {
        sentence: (answer, wanted)
        for sentence, answer in zip(sentences, answers, strict=True)
        if answer != (wanted := tokenizer.encode(sentence.lower().strip()).ids)
    }
    assert not wrong


def test_angles_and_controlled_steps(ask):
    cases = [(steps, start) for steps in (1, 2, 3, 4) for start in (1, 0.6, 0.05)]
    for answer, (steps, start) in zip(ask("angles", cases), cases, strict=True):
        wanted = angle_schedule(steps).tolist() if start == 1 else painting_angles(steps, start)
        assert np.allclose(answer, wanted, atol=2e-7)
    windows = [
        (steps, begin, end) for steps in (1, 2, 3, 4) for begin, end in ((0, 1), (0.25, 1), (0, 0.5), (0.4, 0.6))
    ]
    for answer, window in zip(ask("controlled", windows), windows, strict=True):
        assert tuple(answer) == controlled_steps(*window)


@pytest.mark.parametrize("steps", [1, 2, 3, 4])
@pytest.mark.parametrize("painted", [False, True])
def test_the_sampler_goes_where_the_servers_goes(ask, steps, painted):
    generator = torch.Generator().manual_seed(steps)
    noises = [torch.randn(1, 32, 2, 2, generator=generator) for _ in range(steps)]
    start = torch.randn(1, 32, 2, 2, generator=generator) if painted else None
    argument = {
        "steps": steps,
        "start": 0.6,
        "painting": text(start.numpy()) if painted else None,
        "noises": [text(noise.numpy()) for noise in noises],
    }
    answer, seen = ask("sample", argument)
    assert [step for step, _ in seen] == list(range(steps))

    def net(x_t, t):
        index = torch.arange(x_t.numel()).reshape(x_t.shape) * 0.01
        return F_by_flow(lambda x_s, s: torch.sin(3 * x_s + index + s), x_t, t)

    angles = angle_schedule(steps, angles=painting_angles(steps, 0.6) if painted else None)
    drawn = iter(noises)
    wanted = sample(net, next(drawn), angles, draw_noise=lambda: next(drawn), start_BCYX=start)
    assert np.abs(numbers(answer, np.float32) - wanted.numpy().ravel()).max() < 1e-5


# -- the paper ---------------------------------------------------------------------------------------------------------


def stroke(stroke_id, places, tool=Tool.BRUSH, width=96, **more) -> Stroke:
    points = pack_points([(x, y, pressure, 0, 0, 8) for x, y, pressure in places])
    return Stroke(stroke_id, tool, width, points, **more)


def as_entry(entry):
    """An entry of the server's journal as the page's."""
    if isinstance(entry, Arrange):
        layers = [{"id": one.layer_id, "opacity": one.opacity, "shown": one.shown} for one in entry.layers]
        return {"arrange": {"layers": layers, "merged": list(entry.merged) if entry.merged else None}}
    half = len(entry.points) // 20 * 10
    pen = {"id": entry.stroke_id, "tool": int(entry.tool), "width": entry.width_units, "rgb": list(entry.rgb)}
    chunks = [entry.points[:half].hex(), entry.points[half:].hex()]
    return {"stroke": {**pen, "mirror": int(entry.mirror), "layer": entry.layer, "points": chunks}}


def wandering(rng, length, **more):
    place, places = rng.uniform(100, 900, 2), []
    for _ in range(length):
        place = place + rng.normal(0, 25, 2)
        places.append((*place, rng.uniform(0, 1)))
    return stroke(places=places, **more)


def drawing() -> list:
    rng = np.random.default_rng(0)
    lines = [wandering(rng, 40, stroke_id=i + 1, width=int(rng.integers(16, 700))) for i in range(6)]
    mirrored = wandering(rng, 20, stroke_id=10, mirror=Mirror.LEFT_RIGHT | Mirror.TOP_BOTTOM)
    paint = [
        wandering(rng, 15, stroke_id=20 + i, tool=Tool.PAINT, width=900, rgb=(200, 40 * i, 30), layer=i % 2)
        for i in range(4)
    ]
    outline = np.zeros(9, POINT)
    outline["x"], outline["y"] = rng.integers(0, 16000, 9), rng.integers(0, 16000, 9)
    outline["tilt_x"][5] = LIFTED
    fill = Stroke(30, Tool.FILL, 16, outline.tobytes(), (10, 200, 90))
    eraser = wandering(rng, 12, stroke_id=40, tool=Tool.ERASER, width=500)
    two = Arrange((Layer(0, 70, True), Layer(1, 45, True)))
    return [*lines, mirrored, two, *paint, fill, eraser, wandering(rng, 10, stroke_id=50, layer=1)]


def test_the_paper_is_the_servers_level_for_level(ask):
    entries = drawing()
    merged = Arrange((Layer(0, 100, True),), (1, 0))
    hidden = Arrange((Layer(0, 70, False), Layer(1, 45, True)))
    stages = [entries[:4], entries[:7], entries, [*entries, merged], [*entries, hidden], entries[:5]]
    raster = Raster()
    for (lines, painting, colors), stage in zip(
        ask("paper", [[as_entry(entry) for entry in stage] for stage in stages]), stages, strict=True
    ):
        assert np.array_equal(numbers(lines), raster.update(tuple(stage)).ravel())
        wanted = raster.painting(with_lines=False)
        assert (painting is None) == (wanted is None)
        if wanted is not None:
            assert np.array_equal(numbers(painting), wanted.ravel())
            assert np.array_equal(numbers(colors), raster.colors().ravel())


def test_a_picture_that_is_laid_is_no_color_of_the_page(ask):
    paint = stroke(1, [(200, 200, 1), (600, 500, 1)], tool=Tool.PAINT, width=900, rgb=(20, 90, 200))
    photo = stroke(2, [(0, 0, 1), (1024, 0, 1), (1024, 1024, 1), (0, 1024, 1)], tool=Tool.PICTURE, picture=b"p" * 16)
    [(_, _, colors)] = ask("paper", [[as_entry(paint), as_entry(photo)]])
    alone = Raster()
    alone.update((paint,))
    assert np.array_equal(numbers(colors), alone.colors().ravel())


@pytest.mark.parametrize(("width", "height"), [(1024, 1024), (512, 512), (832, 1216)])
def test_the_colored_control_map_is_the_servers(ask, width, height):
    raster = Raster()
    lines = raster.update(tuple(drawing()))
    colors = raster.colors()
    answer, channels = ask("colored", {"lines": text(lines), "colors": text(colors), "width": width, "height": height})
    pages = ControlPages.of(find_model("sprint-tiny"), "strokes")
    wanted = pages.page(paper_of(lines, width, height), paper_of(colors, width, height), height, width).pixels_u8
    assert channels == 3 and wanted.shape == (height, width, 3)
    apart = np.abs(numbers(answer).astype(int) - wanted.ravel())
    assert apart.max() <= (1 if width == height == 1024 else 2)  # lines and paint are scaled to within a level each
    assert (apart > 1).mean() < 1e-4
    _, channels = ask("colored", {"lines": text(lines), "colors": text(0 * colors), "width": width, "height": height})
    assert channels == 1


def areas_and_dabs(width: int, height: int) -> tuple[np.ndarray, np.ndarray]:
    """Lines (H, W): outlines, some with gaps; dabs of paint (H, W, 4) with soft rims, in and out of them."""
    rng = np.random.default_rng(width)
    lines, colors = np.zeros((height, width), np.uint8), np.zeros((height, width, 4), np.uint8)
    for _ in range(14):
        center, radius = (int(rng.integers(width)), int(rng.integers(height))), int(rng.integers(5, width // 3))
        turn, end = int(rng.integers(180)), int(rng.integers(320, 361))
        cv2.ellipse(lines, center, (radius, radius // 2 + 3), turn, 0, end, 255, int(rng.integers(1, 5)), cv2.LINE_AA)
        place = int(rng.integers(width)), int(rng.integers(height))
        color = (*rng.integers(0, 256, 3).tolist(), 255)
        cv2.circle(colors, place, int(rng.integers(2, width // 12)), color, -1, cv2.LINE_AA)
    return lines, colors


@pytest.mark.parametrize(("width", "height"), [(1024, 1024), (512, 512), (1344, 768), (77, 101)])
def test_paint_spreads_over_the_servers_areas_level_for_level(ask, width, height):
    lines, colors = areas_and_dabs(width, height)
    answer = numbers(ask("spread", {"lines": text(lines), "colors": text(colors), "width": width, "height": height}))
    wanted = spread_colors(lines, colors)
    assert np.array_equal(answer, wanted.ravel())
    assert width == 77 or (wanted != colors).any(axis=-1).sum() > 10_000, "areas took colors"


@pytest.mark.parametrize(("width", "height"), [(512, 512), (1344, 768), (77, 101)])
def test_painted_areas_keep_their_colors_as_on_the_server(ask, width, height):
    lines, colors = areas_and_dabs(width, height)
    colors = spread_colors(lines, colors)
    rng = np.random.default_rng(4)
    gold = np.uint8([217, 158, 51]) * np.linspace(0.6, 1.1, width)[None, :, None]
    picture = (gold + rng.normal(0, 4, (height, width, 3))).clip(0, 255).round().astype(np.uint8)
    rgba = np.dstack([picture, np.full((height, width), 255, np.uint8)])
    given = {"picture": text(rgba), "lines": text(lines), "colors": text(colors), "width": width, "height": height}
    answer = numbers(ask("keep", given)).reshape(height, width, 4)[..., :3].astype(int)
    wanted = keep_colors(picture, lines, colors)
    apart = np.abs(answer - wanted)
    assert 10 * np.log10(255**2 / max((apart**2).mean(), 1e-9)) > 45 and np.quantile(apart, 0.99) <= 3
    assert width == 77 or (wanted != picture).any(axis=-1).sum() > 10_000, "areas were moved"


@pytest.mark.parametrize(("width", "height"), [(1024, 1024), (512, 512), (768, 768), (832, 1216), (1344, 768)])
def test_the_control_map_is_the_servers(ask, width, height):
    raster = Raster()
    lines = raster.update(tuple(drawing()))
    answer = numbers(ask("map", {"lines": text(lines), "width": width, "height": height}))
    found = load_detector("strokes")(paper_of(lines, width, height))
    wanted = grow_lines(fit_page(found, height, width), 1.0).ravel()
    assert np.abs(answer.astype(int) - wanted).max() <= 1
    painting = raster.painting(with_lines=False)
    answer = numbers(ask("painting", {"pixels": text(painting), "width": width, "height": height}))
    wanted = fit_page(paper_of(painting, width, height), height, width, background=255).ravel()
    assert np.abs(answer.astype(int) - wanted).max() <= 1


@pytest.mark.parametrize("opacity", [100, 30, 10])
def test_faint_lines_and_none(ask, opacity):
    faint = (Arrange((Layer(0, opacity, True),)), stroke(1, [(300, 300, 1), (700, 500, 1)]))
    lines = Raster().update(faint)
    answer = numbers(ask("map", {"lines": text(lines), "width": 1024, "height": 1024}))
    wanted = grow_lines(load_detector("strokes")(lines), 1.0).ravel()
    assert np.abs(answer.astype(int) - wanted).max() <= 1
    assert bool(answer.any()) == (opacity > 10)


@pytest.mark.parametrize("channels", [1, 3])
def test_pages_are_halved_and_pictures_enlarged_as_on_the_server(ask, channels):
    rng = np.random.default_rng(1)
    page = rng.integers(0, 256, (64, 96, channels), dtype=np.uint8)
    answer = ask("half", {"pixels": text(page), "width": 96, "height": 64, "channels": channels})
    wanted = quick_half_pm1(page[..., 0] if channels == 1 else page).numpy().ravel()
    assert np.abs(numbers(answer, np.float32) - wanted).max() < 1e-6
    image = rng.normal(0, 0.7, (1, 3, 24, 40)).astype(np.float32)
    rgba = numbers(ask("enlarge", {"data": text(image), "width": 40, "height": 24})).reshape(48, 80, 4)
    [wanted] = quick_u8(torch.from_numpy(image), scale=2)
    assert np.abs(rgba[..., :3].astype(int) - wanted).max() <= 1
    assert (rgba[..., :3] != wanted).mean() < 1e-3
    assert (rgba[..., 3] == 255).all()
