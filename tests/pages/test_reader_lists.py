"""The reader's lists: titles in a column, a note's sign among the notes, a view without what is usual."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.stories import event, story
from timeline_tui.pages.reader import described, marks_page, notes_page
from timeline_tui.storage.reader_notes import Note, ReaderNotes, SavedView
from timeline_tui.text.cells import cells

if TYPE_CHECKING:
    from timeline_tui.timeline.view import View

TITLES = ("One day", "Several days", "A year")
IDS = ("one", "several", "year")
DATES = ("2024-11-01", "2024-11-02/2024-11-05", "2025")


def marked(*, noted: bool = False) -> View:
    days = zip(DATES, TITLES, IDS, strict=True)
    view = story(*(event(day, title, id=id_) for day, title, id_ in days))
    notes = {IDS[0]: Note("Ask again", TITLES[0])} if noted else {}
    return view.with_reader(ReaderNotes(dict(zip(IDS, TITLES, strict=True)), notes))


@pytest.mark.parametrize("width", [40, 60, 100])
def test_titles_of_marked_events_begin_in_one_column(width: int) -> None:
    lines = [line.text for line in marks_page(marked(), width).lines]
    assert len({cells(text[: text.index(title)]) for text, title in zip(lines, TITLES, strict=True)}) == 1
    assert all(cells(text) <= width for text in lines)


def test_a_marked_event_among_the_notes_has_the_sign_of_a_note() -> None:
    assert notes_page(marked(noted=True), 60).lines[0].text.startswith("★✎ ")


def test_the_usual_order_of_a_saved_view_is_not_told() -> None:
    assert described(SavedView("troops", sort="oldest")) == "troops"
    assert described(SavedView("troops", sort="newest")) == "troops · newest first"
