"""A cache in a folder of its own, and a file to be kept in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.cache_runs import story
from timeline_tui.storage.index_cache import Cache

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def cache(folder: Path) -> Cache:
    return Cache(folder, version="2.one")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return story(tmp_path, "a")
