"""TAESANA from its published files: the real encoder, a decoder of the true shapes;
converted, checked, refused, fetched.
"""

from __future__ import annotations

import hashlib
import http.server
import json
import shutil
import threading
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from sprint_live.cli import main
from sprint_live.errors import ArgumentError, DownloadError, LicenseError, OutputError, WeightsError
from sprint_live.models import downloads, tiny_choice
from sprint_live.models.autoencoders import autoencoder_names, dc_ae_lite, find_autoencoder, taesana
from sprint_live.models.fit import AS_PUBLISHED, Fit
from sprint_live.models.memory import peak_memory
from sprint_live.models.taesana_files import read_taesana, write_taesana
from sprint_live.models.tiny_autoencoder import TinySanaAutoencoder
from sprint_live.models.zoo import find_model
from support.models.live_bytes import working_mib
from support.models.taesana import REAL_ENCODER, published_decoder, published_encoder, write_published
from support.paths import ROOT


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    return write_published(tmp_path_factory.mktemp("published"))


def test_the_real_encoder_has_the_stated_sum() -> None:
    assert hashlib.sha256(REAL_ENCODER.read_bytes()).hexdigest() == taesana.AUTOENCODER.files[0].sha256
    assert REAL_ENCODER.stat().st_size == taesana.AUTOENCODER.files[0].about_bytes


@pytest.mark.parametrize("half", ["encoder", "decoder"])
def test_the_converted_network_computes_what_the_published_layers_do(published, half: str) -> None:
    ours, theirs = (
        read_taesana(*published).float(),
        {"encoder": published_encoder, "decoder": published_decoder}[half](),
    )
    theirs.load_state_dict(torch.load(published[half == "decoder"], weights_only=True))
    generator = torch.Generator().manual_seed(0)
    with torch.inference_mode():
        if half == "encoder":
            image_01 = torch.rand(1, 3, 96, 64, generator=generator)
            found, expected = ours.encode(image_01 * 2 - 1).latent, theirs(image_01)
        else:
            latent = 4 * torch.randn(1, 32, 3, 2, generator=generator)  # some beyond the limit
            found, expected = ours.decode(latent).sample, theirs(latent) * 2 - 1
    assert found.shape == expected.shape
    torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-5 * float(expected.abs().max()))


def test_latents_of_a_drawing_have_unit_scale(published) -> None:
    """The real encoder on a page of lines and on a photograph: about 1, not the DC-AE's 1 / 0.41407 = 2.4."""
    import cv2

    network = read_taesana(*published).float()
    photo_bgr = cv2.resize(cv2.imread(str(next((ROOT / "tests/maps/photos").glob("*")))), (512, 512))
    page_u8 = np.zeros((512, 512, 3), np.uint8)
    cv2.circle(page_u8, (256, 256), 150, (255, 255, 255), 3)
    for picture_u8, low, high in ((photo_bgr[..., ::-1], 0.7, 1.5), (page_u8, 0.3, 1.5)):
        image_pm1 = torch.from_numpy(picture_u8.copy()).permute(2, 0, 1)[None].float() / 127.5 - 1
        with torch.inference_mode():
            latent = network.encode(image_pm1).latent
        assert latent.shape == (1, 32, 16, 16) and low < float(latent.std()) < high


def test_a_picture_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="got an image of 40x64; width and height must be multiples of 32"):
        TinySanaAutoencoder().encode(torch.zeros(1, 3, 64, 40))


@pytest.mark.parametrize("damage", ["swapped", "other", "short", "pickle", "missing"])
def test_other_files_are_refused_by_name(published, tmp_path, damage: str) -> None:
    encoder, decoder = (shutil.copy(path, tmp_path) for path in published)
    encoder, decoder = tmp_path / "taesana_encoder.pth", tmp_path / "taesana_decoder.pth"
    if damage == "swapped":
        encoder, decoder = decoder, encoder
    elif damage == "other":
        torch.save({**torch.load(decoder, weights_only=True), "1.weight": torch.zeros(256, 16, 3, 3)}, decoder)
    elif damage == "short":
        torch.save(dict(list(torch.load(decoder, weights_only=True).items())[:-1]), decoder)
    elif damage == "pickle":
        torch.save({"x": REAL_ENCODER}, decoder)
    else:
        decoder.unlink()
    with pytest.raises(WeightsError, match=r"taesana_(encoder|decoder)\.pth.*fix: (use|take) taesana"):
        write_taesana(encoder, decoder, tmp_path / "out")
    assert not (tmp_path / "out").exists() and not list(tmp_path.glob(".out*"))


def test_a_folder_that_holds_something_is_not_written_over(published, tmp_path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("x")
    with pytest.raises(OutputError, match="cannot write .*out"):
        write_taesana(*published, tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_the_command_converts_both_files(published, tmp_path, capsys) -> None:
    assert main(["convert", str(published[0].parent), "--out", str(tmp_path / "tiny")]) == 0
    assert "use it with --tiny-autoencoder" in capsys.readouterr().out
    assert (tmp_path / "tiny" / "SHA256SUMS").is_file()
    stored = TinySanaAutoencoder.from_pretrained(tmp_path / "tiny", torch_dtype=torch.float16).state_dict()
    for name, tensor in read_taesana(*published).state_dict().items():
        assert torch.equal(stored[name], tensor), name


class Shelf:
    """A server of published files on loopback; `asked` lists what was fetched."""

    def __init__(self, folder) -> None:
        asked = self.asked = []

        class Handler(http.server.SimpleHTTPRequestHandler):
            def __init__(self, *args) -> None:
                super().__init__(*args, directory=str(folder))

            def log_message(self, *args) -> None:
                asked.append(self.path)

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.http.serve_forever, args=(0.02,), daemon=True).start()


@pytest.fixture
def shelf(published, empty_cache, monkeypatch):
    import huggingface_hub.constants

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)
    shelf = Shelf(published[0].parent)
    base = f"http://127.0.0.1:{shelf.http.server_address[1]}"
    files = tuple(replace(file, url=f"{base}/{file.name}") for file in taesana.AUTOENCODER.files)
    monkeypatch.setattr(taesana, "AUTOENCODER", replace(taesana.AUTOENCODER, files=files))
    yield shelf
    shelf.http.shutdown()
    shelf.http.server_close()


def test_a_name_is_fetched_converted_and_kept(shelf, published) -> None:
    with pytest.raises(DownloadError, match=r"taesana_encoder\.pth, which is not here, while offline.*go online once"):
        tiny_choice.obtain_tiny("taesana", offline=True)
    assert not shelf.asked
    folder = tiny_choice.obtain_tiny("taesana")
    assert json.loads((folder / "config.json").read_text())["_class_name"] == "TinySanaAutoencoder"
    assert (
        len(shelf.asked) == 2 and tiny_choice.obtain_tiny("taesana", offline=True) == folder and len(shelf.asked) == 2
    )


def test_files_put_into_the_cache_by_hand_need_no_network(shelf, published, empty_cache) -> None:
    base = empty_cache / "sprint-live" / "autoencoders"
    base.mkdir(parents=True)
    for path in published:
        shutil.copy(path, base)
    assert tiny_choice.obtain_tiny("taesana", offline=True).is_dir() and not shelf.asked


@pytest.mark.parametrize("which", [0, 1])
def test_a_file_of_another_sum_is_refused(shelf, published, empty_cache, monkeypatch, which: int) -> None:
    file, base = taesana.AUTOENCODER.files[which], empty_cache / "sprint-live" / "autoencoders"
    base.mkdir(parents=True)
    path = downloads.fetch_file(file, base)  # the decoder's sum is recorded now
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(WeightsError, match=f"{file.name} with sha256 .*as published; fix: delete"):
        tiny_choice.obtain_tiny("taesana")
    path.unlink()
    assert tiny_choice.obtain_tiny("taesana").is_dir()  # the fix is one


def test_no_network_is_said_with_the_way_round_it(shelf) -> None:
    shelf.http.shutdown()
    shelf.http.server_close()
    with pytest.raises(DownloadError, match="could not be downloaded.*check the network.*or put the file into"):
        tiny_choice.obtain_tiny("taesana")


def test_an_answer_without_end_is_cut(shelf, monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(downloads, "MAX_BYTES", 1000)
    monkeypatch.setattr(downloads, "BLOCK_BYTES", 900)
    with pytest.raises(DownloadError, match="is over 1000 bytes"):
        downloads.fetch_file(taesana.AUTOENCODER.files[0], tmp_path)
    assert not list(tmp_path.iterdir())


def test_the_license_of_dc_ae_lite_is_asked_for(empty_cache) -> None:
    with pytest.raises(LicenseError, match="DC-AE-Lite may only be used after.*mit-han-lab"):
        tiny_choice.obtain_tiny("dc-ae-lite", offline=True)
    with pytest.raises(DownloadError, match="dc-ae-lite.*which is not downloaded, while offline"):
        tiny_choice.obtain_tiny("dc-ae-lite", accept_license=True, offline=True)


@pytest.mark.parametrize(
    ("choice", "message"),
    [("tiny", "tiny autoencoder 'tiny'; accepted: dc-ae-lite, taesana, or a folder"), (".", "without a config.json")],
)
def test_other_choices_are_refused(tmp_path, monkeypatch, choice: str, message: str) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ArgumentError, match=message):
        tiny_choice.obtain_tiny(choice)


def test_the_models_command_lists_them_with_license_and_memory(empty_cache, capsys) -> None:
    assert main(["models", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    tiny = {line["name"]: line for line in lines if line["kind"] == "tiny autoencoder"}
    assert set(tiny) == set(autoencoder_names()) and not any(line["here"] for line in tiny.values())
    assert tiny["taesana"]["licence"].startswith("MIT") and 0.03 < tiny["taesana"]["more_gib"] < 0.05
    assert main(["models"]) == 0
    assert "--tiny-autoencoder taesana  TAESANA" in capsys.readouterr().out


def test_terms_are_shown_before_the_first_download_and_only_asked_where_they_must_be(shelf, capsys, tmp_path) -> None:
    page = tmp_path / "page.png"
    from PIL import Image

    Image.new("L", (64, 64), 255).save(page)
    words = ["draw", str(page), "--prompt", "a cat", "--out", str(tmp_path / "x.png"), "--device", "cpu"]
    assert main([*words, "--tiny-autoencoder", "taesana"]) == 2  # sprint-tiny has other latents
    err = capsys.readouterr().err
    assert "MIT license (TAESANA" in err and "autoencoder is a SprintTinyAutoencoder" in err and not shelf.asked


# what is counted


@pytest.mark.parametrize("name", autoencoder_names())
def test_parameters_work_and_memory_are_those_stated(name: str) -> None:
    from diffusers import AutoencoderDC

    entry = find_autoencoder(name)
    for dtype in (torch.bfloat16, torch.float32):
        with torch.device("meta"):
            network = TinySanaAutoencoder() if name == "taesana" else AutoencoderDC(**dc_ae_lite.CONFIG)
        network = torch.nn.Module.to(network, dtype).requires_grad_(False)
        halves = [(entry.decoder, network.decoder, network.decode, (32, 32, 32), entry.gflop[1])]
        if entry.encoder is not None:
            halves.append((entry.encoder, network.encoder, network.encode, (3, 1024, 1024), entry.gflop[0]))
        for part, half, call, shape, gflop in halves:
            given = torch.empty(1, *shape, dtype=dtype, device="meta")
            with FlopCounterMode(display=False) as counter:
                call(given)
            assert counter.get_total_flops() / 1e9 == pytest.approx(gflop, abs=0.1)
            assert sum(tensor.numel() for tensor in half.parameters()) == part.parameters
            stated = part.working_mib if dtype == torch.bfloat16 else part.working_float32_mib
            made = working_mib(network, lambda: call(torch.empty(1, *shape, dtype=dtype, device="meta")))  # noqa: B023
            assert made == pytest.approx(stated, rel=5e-3)


def test_a_tiny_autoencoder_stands_beside_the_full_one_in_the_table() -> None:
    parts, entry = find_model("sana-sprint-0.6b").parts, find_autoencoder("taesana")
    halves = (entry.encoder, entry.decoder)
    weights = sum(half.parameters for half in halves)
    both = weights + sum(half.copied_parameters for half in halves)  # rewritten, but on tiles
    for fit, bytes_each in ((AS_PUBLISHED, 2), (Fit(autoencoder_float32=True), 4)):
        more = peak_memory(parts, fit, tiny=halves).bytes - peak_memory(parts, fit).bytes
        assert more == bytes_each * both
    tiled = peak_memory(parts, Fit(tile=True, offload_text=True), tiny=halves)
    assert tiled.picture_bytes - peak_memory(parts, Fit(tile=True, offload_text=True)).picture_bytes == 2 * weights
