"""Records of rows that are alike are those that a look at each row makes."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from timeline_tui.exchange import json_document
from timeline_tui.exchange.contract import CannotImport
from timeline_tui.mapping.columns import Mapping, Role
from timeline_tui.mapping.fields import compiled
from timeline_tui.mapping.quick_records import RecordMaker
from timeline_tui.mapping.records import event_of
from timeline_tui.mapping.walk import flat_entry

KEYS = {
    "date": ["2021-03-04", "2021-03-05", "2021", "4 May 2021", "2021-13-01", "2021-03-04T10:00", ""],
    "title": [
        "A fire",
        "Talks fail",
        "May 1999",
        "2021-03-04",
        "17",
        " Spaced ",
        "two\nlines",
        "http://a.example",
        "x" * 200,
    ],
    "notes": ["A text.", " ", "Tom &amp; Ann", "<b>bold</b> words", "More"],
    "type": ["battle", "http://a.example", "k" * 70, "riot"],
    "location": ["Ford", "Upper Ford", "p" * 200],
    "actor": ["Ann Bauer", "Ann Bauer; Max Frisch", "a crowd of people that has no name at all", "17"],
    "source": ["Daily News", "https://a.example/1", "no", "Daily News; Evening Post"],
    "status": ["alleged", "claimed", "Confirmed", "whatever"],
    "tags": ["war, peace", "war", ","],
    "fatalities": ["3", "0", ""],
    "outcome": ["Nothing came of it"],
    "id": ["a", "b"],
}
ROWS = st.sets(st.sampled_from([*KEYS]), max_size=6).flatmap(
    lambda keys: st.lists(
        st.fixed_dictionaries({key: st.sampled_from(KEYS[key]) for key in KEYS if key in {"date", *keys}}),
        max_size=8,
    )
)
CHOSEN: list[dict[Role, str]] = [{}, {"title": "{type}: {location}"}, {"source": "notes"}, {"status": "type"}]


@given(ROWS, st.sampled_from(CHOSEN))
@example([{"date": "2021-03-04", "title": title, "notes": "A text."} for title in KEYS["title"]], {})
@example([{"date": "2021-03-04", "title": "A", "type": kind} for kind in KEYS["type"]], {})
@example([{"date": date, "title": "A"} for date in ["2021-03-04", "2021"]], {})
@example([{"date": "2021-03-04", "title": "A", "notes": text} for text in reversed(KEYS["notes"])], {})
@example([{"date": "2021-03-04", "title": "A", "status": word} for word in reversed(KEYS["status"])], {})
@example([{"date": "2021-03-04", "title": "A", "actor": who} for who in KEYS["actor"]], {})
@example([{"date": "2021-03-04", "title": "A", "source": name} for name in KEYS["source"]], {})
def test_usual_rows_become_what_a_look_at_each_of_them_makes(
    rows: list[dict[str, str]], chosen: dict[Role, str]
) -> None:
    # Each row comes twice, so that the second one meets what the first has shown.
    twice = [{key: cell for key, cell in row.items() if cell} for row in [*rows, *rows]]
    mapping = Mapping(chosen=chosen)
    slow, quick = (compiled(mapping, twice, "csv") for _ in range(2))
    records = RecordMaker(quick)
    entries = [flat_entry(row, line) for line, row in enumerate(twice, 2)]
    assert [records.record(each.fields, each.line) for each in entries] == [
        event_of(slow.event(each), each.line, {}) for each in entries
    ]
    assert records.guesses() == list(slow.guesses())
    assert records.guesses() == list(slow.guesses())
    assert quick.header() == slow.header()


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@given(
    st.lists(st.tuples(st.text(max_size=3), VALUES), max_size=5),
    st.sampled_from(["", " ", "}", ",", "{", '"']),
)
def test_a_line_of_texts_and_numbers_is_read_quickly_as_any_other(
    pairs: list[tuple[str, object]], rest: str
) -> None:
    written = ", ".join(
        f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(value)}" for name, value in pairs
    )
    line = f"{{{written}}}{rest}"
    found = json_document.flat_object(line, 7)
    if found is None:
        return
    try:
        told = json_document.parsed(line, 7)
    except CannotImport as error:
        pytest.fail(str(error))
    assert found == told
    assert isinstance(told, dict)
    assert list(found) == list(told)
    assert found.line == 7


def test_a_line_with_a_name_twice_is_not_read_quickly() -> None:
    assert json_document.flat_object('{"a": "1", "a": "2"}', 1) is None
    assert json_document.flat_object('{"a": 1, "a": 2}', 1) is None
    assert json_document.flat_object('{"a": 1, "a": null, "b": true}', 1) == {"a": "1", "b": "true"}
