"""Files to be loaded, and folders of their own for what they leave."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import pytest

from tests.support.import_loads import LONG, SHORT, Script

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def long_file(tmp_path: Path) -> Path:
    path = tmp_path / "long.yaml"
    path.write_text(LONG, encoding="utf-8")
    return path


@pytest.fixture
def short_file(tmp_path: Path) -> Path:
    path = tmp_path / "short.yaml"
    path.write_text(SHORT, encoding="utf-8")
    return path


@pytest.fixture
def own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    yield folder
    assert not list(folder.iterdir())


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Script]:
    script = Script(tmp_path)
    monkeypatch.setattr("timeline_tui.loading.loader.read", script.read)
    yield script
    script.close()


@pytest.fixture
def cache_place(own_folders: Path) -> Path:
    return own_folders / "timeline-tui"
