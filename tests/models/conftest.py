"""A hub of our own and an empty cache, for tests of what lies between a model's name and its files."""

from __future__ import annotations

import huggingface_hub.constants
import pytest

from sprint_live.models.licenses import ACCEPT_VARIABLE
from support.models.hub_server import HubServer
from support.models.released_model import write_released_model

REPO_ID = "someone/sprint-random"


@pytest.fixture(scope="session")
def released_folder(tmp_path_factory):
    """A random model in the released layout, its text encoder in shards. Read it; copy it to change it."""
    return write_released_model(tmp_path_factory.mktemp("released") / "sprint-random")


@pytest.fixture
def empty_cache(tmp_path, monkeypatch):
    """No model, no acknowledgment, no environment variable that gives one; returns HF_HOME."""
    monkeypatch.setattr(huggingface_hub.constants, "HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "hf" / "hub"))
    monkeypatch.delenv(ACCEPT_VARIABLE, raising=False)
    return tmp_path / "hf"


@pytest.fixture
def hub(released_folder, empty_cache, monkeypatch):
    """A hub that has the random model as someone/sprint-random, and is asked."""
    server = HubServer(REPO_ID, released_folder)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(huggingface_hub.constants, "ENDPOINT", server.endpoint)
    monkeypatch.setattr(
        huggingface_hub.constants,
        "HUGGINGFACE_CO_URL_TEMPLATE",
        server.endpoint + "/{repo_id}/resolve/{revision}/{filename}",
    )
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_DISABLE_XET", True)
    monkeypatch.setattr("huggingface_hub.file_download.time.sleep", lambda seconds: None)
    yield server
    server.close()
