"""The story that comes with the program is read once by each process of the tests, as that takes long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.screens import BUNDLED
from timeline_tui.index.index import Index
from timeline_tui.loading.build_index import Building

if TYPE_CHECKING:
    import pytest

    from timeline_tui.loading.source_file import SourceFile


def read_bundled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Build the index of the bundled story once for each day; whoever opens it again gets a copy."""
    text, build = BUNDLED.read_bytes(), Building._in_memory
    built: dict[tuple[str, int], bytes] = {}

    def in_memory(building: Building, file: SourceFile) -> Index:
        if file.content.whole() != text:
            return build(building, file)
        known = file.path, file.today
        if known not in built:
            index = build(building, file)
            built[known] = index.dump()
            index.close()
        return Index.restored(built[known])

    monkeypatch.setattr(Building, "_in_memory", in_memory)
