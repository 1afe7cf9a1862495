"""Fixtures shared by all tests."""

from __future__ import annotations

import os

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # see sprint_live.engine: tests share their cores, too

import pytest

from support.small_model import make_tiny_branch, make_tiny_pipeline, make_tiny_transformer, write_checksums

pytest_plugins = ["support.server_fixtures"]


def pytest_collection_modifyitems(items):
    """Browser tests last: Playwright's synchronous API keeps an event loop running in this thread,
    where asyncio.run then refuses.
    """
    items.sort(key=lambda item: "browser" in item.path.parts)


@pytest.fixture(scope="session")
def tiny_transformer():
    return make_tiny_transformer()


@pytest.fixture(scope="session")
def tiny_branch(tiny_transformer):
    return make_tiny_branch(tiny_transformer)


@pytest.fixture(scope="session")
def tiny_pipeline():
    return make_tiny_pipeline()


@pytest.fixture(scope="session")
def tiny_model_folder(tmp_path_factory, tiny_pipeline):
    """A random model of the same classes as sprint-tiny, saved in the same layout. Read it; copy it to change it."""
    folder = tmp_path_factory.mktemp("models") / "sprint-random"
    tiny_pipeline.save_pretrained(folder)
    write_checksums(folder)
    return folder
