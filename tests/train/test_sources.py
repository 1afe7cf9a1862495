"""Somebody's own pictures: folders, tars and datasets; bounded, counted, resumable."""

from __future__ import annotations

import io
import json
import pickle
import tarfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from sprint_live.cli import main
from sprint_live.errors import ArgumentError, InputError
from sprint_live.train.data import collect, samples, shards
from sprint_live.train.data.collect import PictureOptions, build_pictures
from sprint_live.train.data.pictures import UnusablePicture, read_square
from sprint_live.train.data.samples import caption_of
from sprint_live.train.data.sources import DatasetSource, FolderSource, TarSource

SIDE = 96


def _encoded(side: int = SIDE, color: tuple[int, int, int] = (40, 90, 200), kind: str = "PNG") -> bytes:
    picture = np.full((side, side, 3), 255, np.uint8)
    picture[side // 4 : 3 * side // 4, side // 4 : 3 * side // 4] = color
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, kind)
    return buffer.getvalue()


def _folder(root: Path) -> Path:
    """Three good pictures and six that cannot be used, each for another reason."""
    root.mkdir()
    (root / "deep").mkdir()
    for name, caption in (("a.png", "a blue square"), ("deep/b.jpg", "  a  square\n"), ("c.webp", "")):
        (root / name).write_bytes(_encoded(kind={"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}[name.rsplit(".", 1)[1]]))
        if caption:
            (root / name).with_suffix(".txt").write_text(caption)
    (root / "c.json").write_text(json.dumps({"text": "a third square"}))
    (root / "broken.png").write_bytes(_encoded()[:200])
    (root / "small.png").write_bytes(_encoded(side=20))
    (root / "alone.png").write_bytes(_encoded())
    (root / "mute.png").write_bytes(_encoded())
    (root / "odd.png").write_bytes(_encoded())
    (root / "text.png").write_text("not a picture")
    for name in ("broken", "small", "text"):
        (root / f"{name}.txt").write_text("words")
    (root / "mute.json").write_text("{}")
    (root / "odd.json").write_text("[" * 60_000)
    return root


def _build(source, out: Path, **changes) -> dict:
    options = PictureOptions(
        out=out, **{"side_px": SIDE, "pictures_per_shard": 4, "num_workers": 1, "license": "CC0", **changes}
    )
    return json.loads(build_pictures(source, options).read_text())


def test_a_folder_becomes_shards_and_what_cannot_be_used_is_named(tmp_path):
    manifest = _build(FolderSource(_folder(tmp_path / "images")), tmp_path / "data")
    reasons = {entry["name"]: entry["reason"] for entry in manifest["left_out"]}
    assert manifest["num_samples"] == 3 and manifest["num_left_out"] == 6 == len(reasons)
    assert (
        reasons["alone.png"].startswith("no caption: neither")
        and "none of caption" in reasons["mute.png"]
        and "cannot be read" in reasons["odd.png"]
    )
    assert (
        reasons["broken.png"].startswith("unreadable")
        and reasons["text.png"].startswith("unreadable")
        and "too small" in reasons["small.png"]
    )
    assert manifest["sources"]["pictures"]["licence"] == "CC0" and len(manifest["sha256"]) >= 1
    found = [scene for path in shards.shard_paths(tmp_path / "data") for scene in shards.read_shard(path)]
    assert sorted(caption for _, _, caption in found) == ["a blue square", "a square", "a third square"]
    for picture, sketch, _ in found:
        assert picture.shape == (SIDE, SIDE, 3) and sketch.shape == (SIDE, SIDE, 3)
        assert abs(int(picture[SIDE // 2, SIDE // 2, 2]) - 200) < 12 and picture[2, 2].min() > 240  # RGB, upright


def test_an_interrupted_build_goes_on_and_another_collection_is_refused(tmp_path):
    source, out = FolderSource(_folder(tmp_path / "images")), tmp_path / "data"
    whole = _build(source, out)
    shard = shards.shard_paths(out)[0]
    before = shard.read_bytes()
    shard.unlink()
    assert _build(source, out)["sha256"] == whole["sha256"] and shard.read_bytes() == before
    (tmp_path / "images/new.png").write_bytes(_encoded())
    with pytest.raises(InputError, match="other pictures.*new --out"):
        _build(FolderSource(tmp_path / "images"), out)


def test_a_collection_without_one_usable_picture_says_why(tmp_path):
    (tmp_path / "images").mkdir()
    (tmp_path / "images/a.png").write_bytes(_encoded())
    with pytest.raises(InputError, match="none of 1 samples.*a.png: no caption"):
        _build(FolderSource(tmp_path / "images"), tmp_path / "data")


def test_tars_are_read_by_offset_and_oversized_members_left_alone(tmp_path, monkeypatch):
    with tarfile.open(tmp_path / "one.tar", "w") as tar:
        for name, payload in (
            ("x/01.png", _encoded()),
            ("x/01.txt", b"first"),
            ("x/02.jpg", _encoded(kind="JPEG")),
            ("x/02.json", b'{"caption": "second"}'),
            ("x/03.png", _encoded()),
            ("notes.md", b"nothing"),
        ):
            info = tarfile.TarInfo(name)
            info.size = len(payload)
            tar.addfile(info, io.BytesIO(payload))
    source = pickle.loads(pickle.dumps(TarSource([tmp_path / "one.tar"])))
    assert [source.name(index) for index in range(len(source))] == ["one.tar/x/01", "one.tar/x/02", "one.tar/x/03"]
    assert (source.read(0).caption, source.read(1).caption) == ("first", "second") and source.read(
        0
    ).encoded == _encoded()
    with pytest.raises(UnusablePicture, match="no caption"):
        source.read(2)
    monkeypatch.setattr("sprint_live.train.data.sources.MAX_BYTES", 10)
    with pytest.raises(UnusablePicture, match="at most 10"):
        source.read(0)
    (tmp_path / "two.tar").write_bytes(b"no tar at all")
    with pytest.raises(InputError, match="uncompressed tar"):
        TarSource([tmp_path / "two.tar"])


@pytest.mark.parametrize("layout", ["saved", "parquet"])
def test_a_datasets_folder_is_read(tmp_path, layout):
    datasets = pytest.importorskip("datasets")
    rows = {
        "image": [{"bytes": _encoded(), "path": None}, {"bytes": None, "path": "/etc/passwd"}],
        "caption": ["a square", "words"],
    }
    data = datasets.Dataset.from_dict(
        rows, features=datasets.Features({"image": datasets.Image(), "caption": datasets.Value("string")})
    )
    if layout == "saved":
        data.select([0]).save_to_disk(tmp_path / "data")
    else:
        (tmp_path / "data").mkdir()
        data.to_parquet(tmp_path / "data/part.parquet")
    source = DatasetSource(tmp_path / "data")
    sample = source.read(0)
    assert sample.caption == "a square" and read_square(sample.encoded, SIDE).shape == (SIDE, SIDE, 3)
    if len(source) > 1:
        with pytest.raises(UnusablePicture):
            read_square(source.read(1).encoded, SIDE)
    with pytest.raises(InputError, match="cannot be read as a dataset"):
        DatasetSource(_folder(tmp_path / "images"))


def test_captions_are_bounded_and_spaces_folded():
    assert caption_of("a.txt", b"  a\n cat ", is_json=False) == "a cat"
    assert caption_of("a.json", b'{"prompt": "a dog", "text": 3}', is_json=True) == "a dog"
    for text, is_json in ((b"x" * 2001, False), (b"\xff\xfe", False), (b"[1]", True), (b"", False)):
        with pytest.raises(UnusablePicture):
            caption_of("a", text, is_json=is_json)


def test_the_command_builds_reports_and_checks(tmp_path, capsys):
    images, out = _folder(tmp_path / "images"), tmp_path / "data"
    arguments = [
        "data",
        "build",
        "--images",
        str(images),
        "--out",
        str(out),
        "--size",
        str(SIDE),
        "--workers",
        "1",
        "--detector",
        "canny",
        "--license",
        "mine",
    ]
    assert main(arguments) == 0
    printed = capsys.readouterr().out
    assert "3 samples" in printed and "6 left out" in printed and "small.png: 20x20 is too small" in printed
    assert main(["data", "check", str(out)]) == 0 and "as built" in capsys.readouterr().out
    shards.shard_paths(out)[0].write_bytes(b"")
    assert main(["data", "check", str(out)]) == 1 and "changed" in capsys.readouterr().out
    assert main(["data", "build", "--images", str(tmp_path / "none"), "--out", str(tmp_path / "x")]) == 2
    with pytest.raises(ArgumentError, match="accepted: .*canny"):
        PictureOptions(out=out, detectors=("magic",))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_byte_order_mark_is_no_part_of_a_caption(encoding):
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    assert samples.caption_of("a.txt", mark + "eine Tür".encode(encoding), is_json=False) == "eine Tür"
    stored = mark + json.dumps({"caption": "a cat"}).encode(encoding)
    assert samples.caption_of("a.json", stored, is_json=True) == "a cat"
    assert samples.caption_of("row 3", "\ufeffa cat".encode(), is_json=False) == "a cat"


class _OneOddFile:
    """A collection with one file that fails in its own way."""

    def __len__(self):
        return 2

    def name(self, index):
        return f"picture {index}"

    def read(self, index):
        if index == 0:
            raise ZeroDivisionError("a fraction over nothing")
        buffer = io.BytesIO()
        Image.new("RGB", (SIDE, SIDE), "white").save(buffer, "PNG")
        return samples.Sample(name="picture 1", encoded=buffer.getvalue(), caption="white")


def test_no_single_file_ends_a_build(tmp_path):
    options = collect.PictureOptions(out=tmp_path, side_px=SIDE)
    left, made = collect._PictureShards(_OneOddFile(), options, {"a": [0, 1]}).pairs("a")
    assert left == shards.Left(name="picture 0", reason="unreadable: ZeroDivisionError: a fraction over nothing")
    assert made.caption == "white"
