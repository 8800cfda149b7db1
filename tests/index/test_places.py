"""Places are found by their names and by the places that contain them."""

from __future__ import annotations

from tests.support.history_files import TODAY, header_of, read
from timeline_tui.index.index import Index
from timeline_tui.timeline.view import View


def test_a_place_is_found_by_its_name_and_by_the_places_that_contain_it() -> None:
    reading = read(
        """\
        places:
          sudzha: {name: Sudzha, within: kursk}
          kursk: {name: Kursk Oblast}
        events:
          - {date: 2024-08-06, title: In the town, place: sudzha}
          - {date: 2024-08-07, title: Somewhere else, place: Moscow}
          - {date: 2024-08-08, title: In both, places: [kursk, sudzha]}
        """
    )
    assert not reading.problems
    view = View(Index.build(header_of(reading), reading.events), today=TODAY)
    assert [row.place for row in view.rows(0, 3)] == ["Sudzha", "Moscow", "Kursk Oblast, Sudzha"]
    assert len(view.index.keys_with("place", "sudzha")) == 2
    assert len(view.index.keys_with("place", "kursk oblast")) == 2
    assert len(view.index.keys_with("place", "moscow")) == 1
