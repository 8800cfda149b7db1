from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.support import screens
from tests.support.examples import examples
from tests.support.stories import TODAY, event, story
from timeline_tui.answers.sides import compare
from timeline_tui.dates.date import parse_date
from timeline_tui.loading.opened import open_timeline
from timeline_tui.pages import sides as page_module
from timeline_tui.pages.sides import sides_page
from timeline_tui.query.language import parse_query
from timeline_tui.text.cells import cells
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    import pytest

    from timeline_tui.pages.page import Page

HOSTILE = ("\x1b[2J\u202eevil", "金正恩訪問弗拉迪沃斯托克並與普丁會談" * 3, "[b]x[/b] 👩‍👩‍👧", "a" * 400, " ")
TITLES = st.one_of(st.text(max_size=60), st.sampled_from(HOSTILE))
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["2024-11-01", "2024-11", "2024-10-23/2024-12-27", "Y-13800000000", "../2024", "20XX~"]
        ),
        TITLES,
        st.sets(st.sampled_from("ab")),
        st.sampled_from(["confirmed", "claimed", "disputed", "postponed"]),
    ),
    max_size=8,
)


def page(view: View, width: int = 80, left: str = "tag:a", right: str = "tag:b") -> Page:
    """The page of two sides, each as it is typed."""
    return sides_page(view, parse_query(left).query, parse_query(right).query, width)


def texts(view: View, width: int = 80, left: str = "tag:a", right: str = "tag:b") -> list[str]:
    """The lines of the page."""
    return [line.text for line in page(view, width, left, right).lines]


def bundled() -> View:
    """The story that comes with the program."""
    return View(open_timeline(screens.BUNDLED, today=screens.TODAY).index, today=screens.TODAY)


def test_the_page_begins_with_both_sides_and_the_number_of_shared_events() -> None:
    view = story(
        event("2024-11-01", "Left", tags=("a",)),
        event("2024-11-01", "Right", tags=("b",)),
        event("2024-11-02", "Shared", tags=("a", "b"), status="disputed", by=("tass",)),
        event("2024-11-03", "Left again", tags=("a",)),
    )
    assert page(view).title == "Two sides"
    assert texts(view, 104) == [
        "◂ tag: a — 3 events",
        "▸ tag: b — 2 events",
        "═ both: 1 · ◂ only left: 2 · ▸ only right: 1",
        "within 4 events",
        "",
        f"2024 Nov 1  {'◂ ● Left':<47}▸ ● Right",
        "2024 Nov 2  ═ ◇ Shared (disputed, claimed by TASS)",
        "2024 Nov 3  ◂ ● Left again",
    ]


def test_a_row_leads_to_the_left_and_the_right_event_or_once_to_a_shared_one() -> None:
    view = story(
        event("2024-11-01", "Left", tags=("a",)),
        event("2024-11-01", "Right", tags=("b",)),
        event("2024-11-02", "Shared", tags=("a", "b")),
    )
    for width in (120, 80, 40, 30):
        keys = [target.key for line in page(view, width).lines for target in line.targets]
        assert keys == [0, 1, 2]
    assert [len(line.targets) for line in page(view, 120).lines if line.targets] == [2, 1]


def test_where_two_columns_would_cut_titles_events_stand_in_one_with_their_sides() -> None:
    title = "The council votes to repair the wall before the winter"
    view = story(
        event("2024-11-01", title, tags=("a",)),
        event("2024-11-01", "Right", tags=("b",)),
    )
    assert texts(view, 80)[-2:] == [f"2024 Nov 1  ◂ ● {title}", "2024 Nov 1  ▸ ● Right"]
    assert "text" in {span.part for line in page(view).lines for span in line.spans if span.text == title}


def test_on_a_narrow_page_events_stand_below_their_dates() -> None:
    view = story(
        event("2024-11-01", "Left", tags=("a",)),
        event("2024-11-01", "Right", tags=("b",)),
        event("2024-11-02", "Shared", tags=("a", "b"), status="claimed"),
    )
    assert texts(view, 38)[-6:] == [
        "", "2024 Nov 1", "◂ ● Left", "▸ ● Right", "2024 Nov 2", "═ ◐ Shared (claimed)",
    ]  # fmt: skip


def test_events_that_begin_on_one_day_but_have_different_dates_have_rows_of_their_own() -> None:
    view = story(event("2024-11", "A month", tags=("b",)), event("2024-11-01", "A day", tags=("a",)))
    found = [text for text in texts(view) if "A " in text]
    assert [text.split("  ")[0] for text in found] == ["2024 Nov 1", "2024 Nov"]


def test_a_long_title_continues_below_itself() -> None:
    view = story(event("2024-11-01", "word " * 12, tags=("a",)), event("2024-11-02", "x", tags=("b",)))
    lines = texts(view, 62)
    start = next(index for index, text in enumerate(lines) if "◂ ● word" in text)
    assert sum(text.count("word") for text in lines[start:]) == 12
    assert lines[start + 1].startswith(" " * 16 + "word")
    assert not page(view, 62).lines[start + 1].targets


def test_dates_are_counted_where_the_view_counts_them() -> None:
    view = story(event("2024-10-27", "Left", tags=("a",)), event("2024-10", "Right", tags=("b",)))
    shown = texts(view.counted_from(TODAY), 80)
    assert [text.split("  ")[0] for text in shown if text.startswith("T")] == [
        "T-34..T-4",
        "T-8",
    ]


def test_the_status_is_the_one_known_in_the_view() -> None:
    view = story(event("2024-12-01", "Ahead", tags=("a",)), event("2024-11-01", "Past", tags=("b",)))
    assert any("Ahead (scheduled)" in text for text in texts(view))
    assert any(text.endswith("Past") for text in texts(view))


def test_where_a_title_leaves_no_room_for_the_status_its_sign_alone_says_it() -> None:
    view = story(event("2024-11-01", "word " * 5 + "words", tags=("a",), status="disputed"))
    lines = texts(view, 34)
    assert "◂ ◇ word word word word word words" in lines
    assert not any("disputed" in text for text in lines)


def test_a_page_without_events_says_so() -> None:
    assert "No event on either side." in texts(story(event("2024", "A")))


def test_the_page_says_which_events_are_compared() -> None:
    view = story(event("2024-11-01", "A", kind="vote", tags=("a",)), event("2024-11-01", "B"))
    assert "within 1 of 2 events · kind: vote" in texts(view.with_query(parse_query("kind:vote").query))


def test_after_a_limit_of_rows_the_page_says_how_many_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "_MOST", 3)
    view = story(*(event(f"2024-10-0{day}", f"Event {day}", tags=("a",)) for day in range(1, 8)))
    lines = texts(view)
    assert sum("◂ ● Event" in text for text in lines) == 3
    assert lines[-1] == "and 4 more rows: narrow the filter"


def test_other_sides_are_offered_and_not_those_shown() -> None:
    view = bundled()
    choices = [target.id for line in page(view).lines for target in line.targets if target.id]
    assert choices == ["actor:north-korea | actor:russia", "language:en | language:ko"]
    offered = page(view, 80, "actor:russia", "actor:north-korea").lines[-1]
    assert offered.text == "other sides: language:en | language:ko"
    assert [target.id for target in offered.targets] == ["language:en | language:ko"]


def test_both_sides_of_the_bundled_story_list_all_their_events() -> None:
    view = bundled()
    left, right = parse_query("actor:russia").query, parse_query("actor:north-korea").query
    sides = compare(view, left, right)
    assert sides.both
    assert sides.only_left
    assert sides.only_right
    for width in (30, 50, 66, 100, 160):
        found = sides_page(view, left, right, width)
        keys = [target.key for line in found.lines for target in line.targets if not target.id]
        assert sorted(keys) == sorted({view.key_at(at) for query in (left, right) for at in view.find(query)})
        assert max(cells(line.text) for line in found.lines) <= width
        signs = "".join(line.text for line in found.lines)
        assert signs.count("═") == sides.both + 1


@examples(60)
@given(EVENTS, st.integers(30, 120), st.booleans())
def test_no_line_is_too_wide_or_contains_control_characters_in_any_comparison(
    events: list[tuple[str, str, set[str], str]], width: int, is_counted: bool
) -> None:
    view = story(
        *(
            event(date, title, tags=tuple(sorted(tags)), status=status, by=("lavrov",))
            for date, title, tags, status in events
        )
    ).counted_from(parse_date("2024-11-06").earliest if is_counted else None)
    for text in texts(view, width, 'tag:a -"\x1b[0m\u202e x"', "tag:b"):
        assert cells(text) <= width
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "\n" not in text


def test_signs_of_sides_have_a_look_of_their_own_that_underlines_nothing() -> None:
    title = "A title that is long enough to be wrapped at the end of its column"
    view = story(event("2024-11-01", title, tags=("a",)), event("2024-11-02", "Other", tags=("b",)))
    spans = [span for line in page(view, 60).lines for span in line.spans]
    assert "differs" not in {span.part for span in spans}
