"""What a run keeps or needs lies in folders of this user's own, whoever made folders of those names before."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sprint_live import private_folders
from sprint_live.errors import OutputError
from sprint_live.models import licenses
from sprint_live.private_folders import own_folder, run_folder, use_own_gradio_folder
from support.paths import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="owners and modes of Unix")


@pytest.fixture
def somebody_elses(monkeypatch):
    """Marks folders as another user's, by their inode; works for root and for everybody."""
    marked: set[int] = set()
    monkeypatch.setattr(
        private_folders, "_is_mine", lambda found: found.st_uid == os.geteuid() and found.st_ino not in marked
    )

    def mark(path: Path) -> Path:
        path.mkdir(parents=True)
        marked.add(path.stat().st_ino)
        return path

    return mark


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_own_folders_are_private_also_those_that_were_open(tmp_path):
    old = tmp_path / "old"
    old.mkdir(mode=0o777)
    old.chmod(0o777)
    assert mode(own_folder(old)) == 0o700 and mode(own_folder(tmp_path / "a" / "new")) == 0o700
    assert mode(run_folder("test")) == 0o700 and run_folder("test") is run_folder("test")


def test_another_users_folder_a_file_and_a_link_to_nowhere_are_refused(tmp_path, somebody_elses):
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for path, why in (
        (somebody_elses(tmp_path / "theirs"), "another user"),
        (tmp_path / "file", "no folder"),
        (tmp_path / "link", "nowhere"),
        (tmp_path / "file" / "below", "got"),
    ):
        with pytest.raises(OutputError, match=f"{why}.*; accepted: .*; fix: "):
            own_folder(path)


def test_gradios_files_never_go_into_its_shared_default(tmp_path):
    script = (
        "import os; from sprint_live.private_folders import use_own_gradio_folder as use\n"
        "import gradio.route_utils as early\n"
        "folder = use(); import gradio.utils, gradio.routes\n"
        "print(folder); print(early.DEFAULT_TEMP_DIR); print(gradio.routes.DEFAULT_TEMP_DIR); "
        "print(gradio.utils.get_upload_folder())"
    )
    (tmp_path / "gradio" / "vibe_edit_history").mkdir(parents=True)
    environment = {key: value for key, value in os.environ.items() if key != "GRADIO_TEMP_DIR"}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**environment, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    [folder] = set(done.stdout.split())
    assert Path(folder).parent == tmp_path and Path(folder) != tmp_path / "gradio"
    assert not Path(folder).exists()  # removed at the end of the run


def test_a_named_folder_of_somebody_else_is_refused_by_its_name(tmp_path, monkeypatch, somebody_elses):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "mine"))
    somebody_elses(tmp_path / "mine" / "vibe_edit_history")
    with pytest.raises(OutputError, match="vibe_edit_history"):
        use_own_gradio_folder()
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(somebody_elses(tmp_path / "theirs")))
    with pytest.raises(OutputError, match="GRADIO_TEMP_DIR"):
        use_own_gradio_folder()


def test_caches_are_private_and_beside_another_users(tmp_path, monkeypatch, somebody_elses):
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HOME", str(tmp_path / "hub"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    assert licenses.own_cache("openvino") == tmp_path / "hub" / "sprint-live" / "openvino"
    assert mode(tmp_path / "hub" / "sprint-live") == mode(tmp_path / "hub" / "sprint-live" / "openvino") == 0o700
    monkeypatch.setattr(constants, "HF_HOME", str(tmp_path / "shared"))
    somebody_elses(tmp_path / "shared" / "sprint-live")
    assert licenses.own_cache("openvino") == tmp_path / "home" / "sprint-live" / "openvino"
    somebody_elses(tmp_path / "home" / "sprint-live" / "compiled")
    with pytest.raises(OutputError, match="compiled, which belongs to another user"):
        licenses.own_cache("compiled")


def test_the_doctor_looks_at_them(tmp_path, monkeypatch, somebody_elses):
    from sprint_live.cli.doctor import _private_folders

    monkeypatch.delenv("GRADIO_TEMP_DIR", raising=False)
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    assert {finding.state for finding in _private_folders()} == {"ok"}
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(somebody_elses(tmp_path / "theirs")))
    [bad] = [finding for finding in _private_folders() if finding.state != "ok"]
    assert bad.state == "missing" and "another user" in bad.found and "GRADIO_TEMP_DIR" in bad.fix
