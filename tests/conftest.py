"""Fixtures shared by all tests."""

from __future__ import annotations

import os

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import pytest
from small_model import make_tiny_branch, make_tiny_transformer

@pytest.fixture(scope="session")
def tiny_transformer():
    return make_tiny_transformer()


@pytest.fixture(scope="session")
def tiny_branch(tiny_transformer):
    return make_tiny_branch(tiny_transformer)
