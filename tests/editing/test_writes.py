"""What was written is undone, as long as the file is as it was left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.editing.splices import Change, Moved
from timeline_tui.editing.writes import Writes
from timeline_tui.errors import TimelineError

if TYPE_CHECKING:
    from pathlib import Path


def test_writes_are_undone_from_the_last_to_the_first(tmp_path: Path) -> None:
    states = [b"a\nb\n", b"a\nx\nb\n", b"y\nx\nb\n", b""]
    file = tmp_path / "story.yaml"
    file.write_bytes(states[0])
    writes = Writes(file)
    for state in states[1:]:
        writes.write(Change.between([file.read_bytes(), state]))
        assert file.read_bytes() == state
    for state in reversed(states[:-1]):
        writes.undo()
        assert file.read_bytes() == state
    with pytest.raises(TimelineError, match="nothing to undo"):
        writes.undo()


def test_nothing_is_written_over_what_another_program_saved(tmp_path: Path) -> None:
    file = tmp_path / "story.yaml"
    file.write_bytes(b"a\n")
    writes = Writes(file)
    writes.write(Change.between([b"a\n", b"b\n"]))
    file.write_bytes(b"c\n")
    with pytest.raises(Moved):
        writes.undo()
    with pytest.raises(Moved):
        writes.write(Change.between([b"b\n", b"d\n"]))
    assert file.read_bytes() == b"c\n"
    file.write_bytes(b"b\n")
    writes.undo()
    assert file.read_bytes() == b"a\n"


@given(st.lists(st.binary(max_size=20), min_size=2, max_size=5))
def test_a_change_of_any_bytes_leads_there_and_back(states: list[bytes]) -> None:
    change = Change.between(states)
    assert change.applied(states[0]) == states[-1]
    assert change.reversed().applied(states[-1]) == states[0]
    assert sum(len(splice.old) for splice in change.splices[:1]) <= len(states[0])
