"""Downloads against a hub on loopback: pinned, resumed, checked, and one clear message for everything that can be
missing.
"""

from __future__ import annotations

import json
import shutil
from collections import namedtuple
from pathlib import Path

import huggingface_hub
import huggingface_hub.constants
import pytest

from sprint_live.errors import DownloadError, WeightsError
from sprint_live.models import hub as hub_module
from sprint_live.models.hub import downloaded, fetch
from sprint_live.models.hub_lock import HubSource, is_repo_id, lock_path, read_lock

SOURCE = HubSource(repo_id="someone/sprint-random")
WEIGHTS = "transformer/diffusion_pytorch_model.safetensors"


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_download_is_whole_pinned_and_recorded(hub, released_folder) -> None:
    assert downloaded(SOURCE) is None
    folder = fetch(SOURCE)
    assert files_of(folder) == files_of(released_folder) and folder.name == hub.commit
    lock = json.loads(lock_path(SOURCE).read_text())
    assert lock["revision"] == hub.commit and set(lock["files"]) == set(files_of(folder))
    assert downloaded(SOURCE) == folder


def test_the_second_time_the_hub_is_not_asked(hub) -> None:
    folder = fetch(SOURCE)
    hub.requests.clear()
    assert fetch(SOURCE) == folder and not hub.requests


def test_the_first_commit_stays_although_the_hub_moves_on(hub, released_folder) -> None:
    folder, first = fetch(SOURCE), hub.commit
    hub.commits.append("f" * 40)
    assert fetch(SOURCE) == folder and folder.name == first == read_lock(SOURCE).revision
    (folder / WEIGHTS).unlink()
    assert fetch(SOURCE) == folder and (folder / WEIGHTS).is_file()  # also what is fetched again comes from there
    assert read_lock(HubSource(repo_id=SOURCE.repo_id, revision="a" * 40)) is None  # another pin, another download


def test_other_formats_and_programs_are_not_downloaded(hub, released_folder, tmp_path) -> None:
    hub.folder = tmp_path / "more"
    shutil.copytree(released_folder, hub.folder)
    unwanted = (
        "transformer/diffusion_pytorch_model.fp16.safetensors",
        "transformer/diffusion_pytorch_model.bin",
        "transformer/run.py",
        "x.pth",
        "other/config.json",
    )
    for name in unwanted:
        (hub.folder / name).parent.mkdir(exist_ok=True)
        (hub.folder / name).write_bytes(b"x")
    assert set(files_of(fetch(SOURCE))) == set(files_of(released_folder))


def test_a_lost_connection_goes_on_where_it_was_lost(hub, released_folder, monkeypatch) -> None:
    monkeypatch.setattr(huggingface_hub.constants, "DOWNLOAD_CHUNK_SIZE", 4096)
    hub.faults.drop[WEIGHTS] = 10_000
    folder = fetch(SOURCE)
    spans = [span for name, span in hub.downloads() if name == WEIGHTS]
    assert spans == [None, "bytes=8192-"]  # the chunks that were written
    assert (folder / WEIGHTS).read_bytes() == (released_folder / WEIGHTS).read_bytes()


def test_another_run_fetches_only_what_is_missing(hub, released_folder) -> None:
    hub.faults.refuse.add(WEIGHTS)
    with pytest.raises(
        DownloadError, match="someone/sprint-random could not be downloaded.*run the same command again"
    ):
        fetch(SOURCE)
    assert read_lock(SOURCE) is None and downloaded(SOURCE) is None
    done = {name for name, _ in hub.downloads() if name != WEIGHTS}
    assert done
    hub.faults.refuse.clear()
    hub.requests.clear()
    assert files_of(fetch(SOURCE)) == files_of(released_folder)
    again = {name for name, _ in hub.downloads()}
    assert WEIGHTS in again and not again & {name for name in done if name.endswith(".safetensors")}


@pytest.mark.parametrize("damage", ["flipped", "truncated"])
def test_a_file_that_changed_is_named_with_the_fix(hub, damage: str) -> None:
    path = fetch(SOURCE) / WEIGHTS
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.resolve().write_bytes(data if damage == "flipped" else data[:-5])
    found = "sha256" if damage == "flipped" else f"{len(data) - 5} bytes"
    with pytest.raises(
        WeightsError, match=f"{WEIGHTS} with {found}.*as downloaded; fix: delete the folder .* and start again"
    ) as refused:
        fetch(SOURCE)
    shutil.rmtree(str(refused.value).split("delete the folder ")[1].split(" and start")[0])
    fetch(SOURCE)  # the fix is one


def test_a_file_that_is_gone_comes_back_or_is_named(hub, released_folder) -> None:
    path = fetch(SOURCE) / WEIGHTS
    path.unlink()
    assert downloaded(SOURCE) is None
    with pytest.raises(DownloadError, match="while offline"):
        fetch(SOURCE, offline=True)
    assert (fetch(SOURCE) / WEIGHTS).read_bytes() == (released_folder / WEIGHTS).read_bytes()


def test_the_sum_the_hub_states_is_compared_too(hub, monkeypatch) -> None:
    honest = hub._answer

    def lying(path: str):
        answer = honest(path)
        if isinstance(answer, dict):
            next(file for file in answer["siblings"] if file["rfilename"] == WEIGHTS)["lfs"]["sha256"] = "0" * 64
        return answer

    monkeypatch.setattr(hub, "_answer", lying)
    with pytest.raises(WeightsError, match=f"{WEIGHTS}.*000000000000..., as the hub states"):
        fetch(SOURCE)
    assert read_lock(SOURCE) is None


def test_offline_needs_a_download_and_takes_what_others_downloaded(hub, monkeypatch) -> None:
    for offline, variable in ((True, False), (False, True)):
        monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", variable)
        with pytest.raises(DownloadError, match="not downloaded, while offline.*go online once"):
            fetch(SOURCE, offline=offline)
    assert not hub.requests
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)
    folder = Path(huggingface_hub.snapshot_download(SOURCE.repo_id))  # another program
    assert fetch(SOURCE, offline=True) == folder and read_lock(SOURCE).revision == hub.commit


def test_no_network_is_said(empty_cache, monkeypatch) -> None:
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(huggingface_hub.constants, "ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(DownloadError, match="could not be downloaded from http://127.0.0.1:9.*check the network"):
        fetch(SOURCE)


def test_an_unknown_repository_is_said(hub) -> None:
    with pytest.raises(DownloadError, match="someone/else is not on http.*check the name"):
        fetch(HubSource(repo_id="someone/else"))


def test_a_full_disk_is_said_before_anything_is_fetched(hub, monkeypatch, empty_cache) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(hub_module.shutil, "disk_usage", lambda path: usage(10, 0, hub_module.SPARE_BYTES))
    with pytest.raises(
        DownloadError, match="0.3 GB free in .*accepted: 0.3 GB for someone/sprint-random; fix: .*HF_HOME"
    ):
        fetch(SOURCE)
    assert not hub.downloads()


@pytest.mark.parametrize(
    "name", ["model_index.json", "vae/config.json", WEIGHTS, "text_encoder/model-00002-of-*.safetensors"]
)
def test_a_file_missing_on_the_hub_is_named(hub, released_folder, tmp_path, name: str) -> None:
    hub.folder = tmp_path / "less"
    shutil.copytree(released_folder, hub.folder)
    (gone,) = hub.folder.glob(name)
    gone.unlink()
    named = "transformer/.*.safetensors" if name == WEIGHTS else gone.relative_to(hub.folder)
    with pytest.raises(WeightsError, match=f"lacks {named}"):
        fetch(SOURCE)


def test_a_lock_that_is_no_lock_is_said(empty_cache) -> None:
    lock_path(SOURCE).parent.mkdir(parents=True)
    lock_path(SOURCE).write_text("[]")
    with pytest.raises(WeightsError, match="someone--sprint-random.json cannot be read.*delete it"):
        fetch(SOURCE)


def test_what_is_a_hub_id() -> None:
    assert is_repo_id("Efficient-Large-Model/Sana_Sprint_0.6B_1024px_diffusers")
    for text in ("sprint-tiny", "a/b/c", "../x", "./x", "/x", "a/..", "a b/c", "", "a/"):
        assert not is_repo_id(text), text
