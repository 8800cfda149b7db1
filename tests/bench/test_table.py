"""What the measurements print: the bounds are held or not as the figures say."""

from __future__ import annotations

import pytest

from bench.panes import Pane
from bench.probe import Chunk, Painted, ProbeError, Screen
from bench.searching import Press, longest_wait
from bench.table import Row, markdown

FRAME = ["title", "╭─ Actors ─╮╭─ Timeline ──╮╭─ Event ─╮", "│ one      ││ row         ││ text    │"]
FOOT = "╰──────────╯╰─────────────╯╰─────────╯"


def screen_of(*lines: str) -> Screen:
    screen = Screen()
    screen.paint([Chunk(0, "\r\n".join(lines).encode())])
    return screen


@pytest.mark.parametrize(
    ("row", "held"),
    [
        (Row("", "", [1.0]), None),
        (Row("", "", [0.4, 0.5, 9.0], [1.0], most_ratio=0.5), True),
        (Row("", "", [0.6], [1.0], most_ratio=0.5), False),
        (Row("", "", [0.6], [], most_ratio=0.5), None),
        (Row("", "", [0.05], most=0.05), True),
        (Row("", "", [0.06], most=0.05), False),
        (Row("", "", [1.0], [1.0], most_ratio=2, memory=2, most_memory=1), False),
    ],
)
def test_a_bound_is_held_by_the_median_and_by_the_memory(row: Row, held: bool | None) -> None:
    assert row.held is held


def test_a_row_comes_back_from_json_as_markdown() -> None:
    row = Row("key j", "75", [0.010, 0.012, 0.020], [0.008], most_ratio=1.5, memory=50_000_000)
    results = {
        "machine": {"python": "3.11"},
        "load": {"before": [0.5], "after": [1.0]},
        "runs": 3,
        "minutes": 1.0,
        "rows": [row.as_json()],
    }
    *_, last = markdown(results)
    assert last == "| key j | 12.0 ms (10.0–20.0) | 8.0 ms | 1.50 | 1.5 × | held | 50 MB |"


def test_only_the_rows_of_the_timeline_count_as_a_change_of_it() -> None:
    before = screen_of(*FRAME, FOOT).grid
    pane = Pane(before)
    elsewhere = screen_of(*FRAME[:2], "│ two      ││ row         ││ TEXT    │", FOOT).grid
    other_rows = screen_of(*FRAME[:2], "│ one      ││ ROW         ││ text    │", FOOT).grid
    other_colours = screen_of(*FRAME[:2], "│ one      ││\x1b[7m row\x1b[0m         ││ text    │", FOOT).grid
    assert not pane.differs(before, elsewhere)
    assert pane.differs(before, other_rows)
    assert pane.differs(before, other_colours)


def test_a_screen_without_a_timeline_is_said_to_be_one() -> None:
    with pytest.raises(ProbeError, match="no timeline"):
        Pane(screen_of("Reading story.yaml").grid)


def test_the_longest_wait_is_that_of_the_first_key_that_a_late_frame_answers() -> None:
    moves = [Press(1.00, 2), Press(1.02, 1), Press(1.04, 0), Press(1.06, 1)]
    frames = [shown(1.01, 6 + 2), shown(1.50, 6 + 0), shown(1.51, 6 + 1)]
    assert longest_wait(moves, 6, frames) == pytest.approx(1.50 - 1.02)


def test_a_key_that_no_frame_shows_is_an_error() -> None:
    with pytest.raises(ProbeError, match="1 of 2 keys"):
        longest_wait([Press(1.0, 2), Press(1.1, 1)], 6, [shown(1.05, 8)])


def shown(time: float, column: int) -> Painted:
    return Painted(time, 1, (), (37, column))
