"""A page that is encoded again only where it changed has the latent of the whole page."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from sprint_live.engine.autoencoder import encoder as encoder_module
from sprint_live.engine.autoencoder import incremental
from sprint_live.engine.autoencoder.encoder import PageEncoder
from sprint_live.engine.autoencoder.incremental import widened
from sprint_live.engine.autoencoder.receptive_field import ReceptiveField, receptive_field_of
from sprint_live.engine.switch_table import REWRITES
from support.models.taesana import make_taesana
from support.small_model import make_tiny_autoencoder, make_tiny_released_autoencoder

ALL = (*REWRITES, "quick-pixels", "incremental-encode")
AUTOENCODERS = {
    "sprint-tiny": (make_tiny_autoencoder, 512, 384),
    "released": (make_tiny_released_autoencoder, 192, 256),
    "taesana": (make_taesana, 192, 256),
}


@pytest.fixture(scope="module", params=AUTOENCODERS)
def kind(request):
    make, height, width = AUTOENCODERS[request.param]
    return make().requires_grad_(False), height, width


def drawn(page_u8: np.ndarray, top: int, left: int, height: int, width: int, seed: int) -> np.ndarray:
    """The page with other pixels in a rectangle."""
    after = page_u8.copy()
    inside = after[top : top + height, left : left + width]
    inside[:] = np.random.default_rng(seed).integers(0, 256, inside.shape, np.uint8)
    return after


def assert_as_whole(vae, found, page_u8):
    expected = PageEncoder(vae).encode(page_u8)
    torch.testing.assert_close(found, expected, rtol=0, atol=3e-5 * float(expected.abs().max()))


@pytest.mark.parametrize("names", [("incremental-encode",), ALL], ids=["alone", "all"])
def test_random_rectangles_growing_shrinking_undone_and_at_every_edge(kind, names):
    vae, height, width = kind
    encoder = PageEncoder(vae, names)
    page_u8 = np.random.default_rng(0).integers(0, 256, (height, width), np.uint8)
    assert_as_whole(vae, encoder.encode(page_u8), page_u8)
    rectangles = [
        (0, 0, 3, 5),
        (height - 2, width - 9, 2, 9),
        (0, width - 20, 30, 20),
        (height - 1, 0, 1, 1),
        (height // 2, width // 3, 17, 40),
        (100, 90, 60, 80),
        (90, 80, 90, 100),
    ]
    history = [page_u8]
    for number, rectangle in enumerate(rectangles):
        history.append(drawn(history[-1], *rectangle, seed=number))
        assert_as_whole(vae, encoder.encode(history[-1]), history[-1])
        assert isinstance(encoder.last, float) and encoder.last < 0.5
    for earlier in reversed(history):
        assert_as_whole(vae, encoder.encode(earlier), earlier)
    assert_as_whole(vae, encoder.encode(255 - page_u8), 255 - page_u8)


def test_an_unchanged_page_costs_nothing_and_its_latent_stays_what_it_was(kind):
    vae, height, width = kind
    encoder = PageEncoder(vae, ALL)
    page_u8 = drawn(np.zeros((height, width), np.uint8), 40, 40, 50, 60, seed=1)
    first = encoder.encode(page_u8)
    kept = first.clone()
    calls = []
    for stage in encoder._staged._stages:
        stage.register_forward_hook(lambda module, args, result: calls.append(module))
    assert encoder.encode(page_u8.copy()) is first and not calls and encoder.last == "unchanged"
    for pixel in ((60, 60), (90, 30)):
        page_u8[pixel] ^= 255  # in the caller's own array, of which copies were kept
        assert_as_whole(vae, encoder.encode(page_u8), page_u8)
    assert calls and torch.equal(first, kept), "a latent that was handed out must not be written into"


def test_people_and_sizes_and_paintings_do_not_meet(kind):
    vae, height, width = kind
    encoder = PageEncoder(vae, ALL)
    pages = {
        ("ann", 0): np.random.default_rng(1).integers(0, 256, (height, width), np.uint8),
        ("bob", 0): np.random.default_rng(2).integers(0, 256, (height, width), np.uint8),
        ("ann", 1): np.random.default_rng(3).integers(0, 256, (height, width, 3), np.uint8),
        ("bob", 1): np.random.default_rng(4).integers(0, 256, (height, height), np.uint8),
    }
    for turn in range(3):
        for (client, which), page_u8 in pages.items():
            page_u8 = pages[client, which] = drawn(page_u8, 20 * turn, 30, 25, 30, seed=turn)
            assert_as_whole(vae, encoder.encode(page_u8, client=client), page_u8)
            assert (encoder.last == "whole") == (turn == 0)


def test_what_is_kept_is_bounded_and_the_longest_unused_goes_first(kind, monkeypatch):
    vae, height, width = kind
    encoder = PageEncoder(vae, ALL)
    page_u8 = np.zeros((height, width), np.uint8)
    encoder.encode(page_u8, client="0")
    one = next(iter(encoder._pages.values())).num_bytes
    monkeypatch.setattr(encoder_module, "KEEP_PAGES_MIB", 2.5 * one / incremental.MIB)
    for client in ("1", "0", "2"):
        encoder.encode(page_u8, client=client)
    assert [client for client, _ in encoder._pages] == ["0", "2"]
    monkeypatch.setattr(encoder_module, "KEEP_PAGES_MIB", 0)
    encoder.encode(page_u8, client="3")
    assert [client for client, _ in encoder._pages] == ["3"]


def test_after_an_error_a_page_is_encoded_anew(kind, monkeypatch):
    vae, height, width = kind
    encoder = PageEncoder(vae, ALL)
    page_u8 = np.zeros((height, width), np.uint8)
    encoder.encode(page_u8)
    after = drawn(page_u8, 64, 64, 20, 20, seed=5)
    with monkeypatch.context() as patch:
        patch.setattr(incremental, "_reader", lambda features: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            encoder.encode(after)
    assert_as_whole(vae, encoder.encode(after), after)
    assert encoder.last == "whole"


def test_large_features_are_made_again_instead_of_kept(kind, monkeypatch):
    vae, height, width = kind
    monkeypatch.setattr(incremental, "KEEP_MIB", 0)
    encoder = PageEncoder(vae, ("incremental-encode",))
    page_u8 = np.random.default_rng(6).integers(0, 256, (height, width), np.uint8)
    encoder.encode(page_u8)
    assert [list(page.kept.features) for page in encoder._pages.values()] == [[encoder._staged.num_local - 1]]
    after = drawn(page_u8, 33, 70, 9, 9, seed=6)
    assert_as_whole(vae, encoder.encode(after), after)


def test_a_small_change_runs_a_small_part_of_the_local_stages(kind):
    vae, height, width = kind
    encoder = PageEncoder(vae, ("incremental-encode",))
    page_u8 = np.zeros((height, width), np.uint8)
    cells = []
    for stage in encoder._staged._stages[:2]:
        stage.register_forward_hook(lambda module, args, result: cells.append(result.shape[-1] * result.shape[-2]))
    encoder.encode(page_u8)
    encoder.encode(drawn(page_u8, 64, 64, 16, 16, seed=7))
    assert all(after <= before / 4 for before, after in zip(cells[:2], cells[2:], strict=True)), cells


def test_which_stages_are_local_is_read_off_the_modules():
    counts = {}
    for name, (make, *_) in AUTOENCODERS.items():
        encoder = PageEncoder(make().requires_grad_(False), ("incremental-encode",))
        counts[name] = (encoder._staged.num_local, len(encoder._staged._stages))
    # of the released one conv_in and stages 0 to 2: the others attend
    assert counts == {"sprint-tiny": (6, 6), "released": (4, 8), "taesana": (6, 6)}
    assert (
        receptive_field_of(nn.Linear(2, 2)) is None
        and receptive_field_of(nn.Sequential(nn.Conv2d(1, 1, 3, padding=1), nn.Linear(2, 2))) is None
    )


@pytest.mark.parametrize("make", [make_tiny_autoencoder, make_tiny_released_autoencoder])
def test_a_reach_is_exactly_what_an_impulse_touches(make):
    vae = make().double()
    widths = vae.config.encoder_block_out_channels
    for stage, width in zip(
        [vae.encoder.conv_in, *vae.encoder.down_blocks], [vae.config.in_channels, *widths], strict=False
    ):
        reach = receptive_field_of(stage)
        if reach is None:
            continue
        x = torch.randn(1, width, 32, 32, generator=torch.Generator().manual_seed(0)).double()
        before = stage(x)
        for cell in (0, 13, 14, 31):
            after = x.clone()
            after[:, :, cell, :] += 1
            rows = (stage(after) - before).abs().amax(dim=(0, 1, 3))
            touched = torch.nonzero(rows).flatten().tolist()
            assert (touched[0], touched[-1] + 1) == reach.touched((cell, cell + 1), len(rows)), (stage, cell)


def test_crops_have_few_shapes_and_hold_what_is_needed():
    for limit, stride in ((128, 1), (64, 2), (12, 1), (6, 2), (1024, 8), (1280, 8)):
        found = {}
        for begin in range(0, limit, stride):
            for end in range(begin + stride, limit + 1, stride):
                first, last = widened((begin, end), limit, stride)
                assert 0 <= first <= begin and end <= last <= limit and first % stride == last % stride == 0
                found.setdefault(last - first, []).append(end - begin)
        assert len(found) <= len(incremental.CROP_SIXTEENTHS) and max(found) == limit
        assert all(max(inside) == size for size, inside in found.items()), "each size is used up to its own"


def test_reaches_compose():
    down = ReceptiveField(2, 1, 0)
    both = ReceptiveField(1, 2, 2).then(down)
    assert (
        both == ReceptiveField(2, 3, 2) and both.needed((3, 4), 100) == (2, 10) and both.touched((9, 10), 100) == (3, 7)
    )
