"""Plain data is read as the YAML that would be written of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.exchange.contract import Imported
from timeline_tui.exchange.native.yaml import header_of, write
from timeline_tui.reading.reader import read_plain, read_text

if TYPE_CHECKING:
    from timeline_tui.reading.reader import Reading

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    ["", "~", "<<", "no", "a: b", "- x", "\r\n", "a\n\nb", " ", "\u2028", "#"]
)
PLAIN = st.recursive(
    TEXT | st.none() | st.booleans() | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=4,
)
EVENT = st.fixed_dictionaries(
    {"title": TEXT, "date": st.sampled_from(["2024", "2024-05-02T10:30", "XXXX", "no date", ""])},
    optional={
        "id": st.sampled_from(["a", "b", "Not An Id", ""]),
        "text": TEXT,
        "status": st.sampled_from(["claimed", "nonsense"]),
        "actors": st.sampled_from([["ada"], {"ada": "guest"}, "ada", ["unknown"]]),
        "sources": st.sampled_from([["s"], [{"id": "s", "at": "p. 2"}], ["unknown"]]),
        "tags": st.lists(TEXT, max_size=2),
        "links": PLAIN,
        "quotes": PLAIN,
        "own": PLAIN,
        "<<": TEXT,
    },
)


def without_places(reading: Reading) -> tuple[object, ...]:
    def plain(value: object) -> str:
        return re.sub(r"(line[= ]|column=)[0-9]+", r"\1", str(value))

    problems = sorted((each.code, plain(each.message), each.hint) for each in reading.problems)
    references = {(each.kind, each.id) for each in reading.references}
    return plain(reading.header), plain(reading.events), problems, references, len(reading.left_out)


@given(
    st.lists(EVENT, max_size=2), st.dictionaries(st.sampled_from(["description", "own", "updated"]), PLAIN)
)
def test_plain_data_is_read_as_the_yaml_that_would_be_written_of_it(
    events: list[dict[str, object]], more: dict[str, object]
) -> None:
    def made() -> Imported:
        header = {"actors": {"ada": {"name": "Ada"}}, "sources": {"s": {"title": "S"}}, **more}
        return Imported("A story", [dict(event) for event in events], header=header)

    plain = made()
    header = header_of(plain)
    found = read_plain(header, plain.events, range(100, 100 + len(events)), "x")
    expected = read_text(bytearray(write(made()), "utf-8"), "x")
    assert without_places(found) == without_places(expected)


def test_problems_of_plain_data_are_at_the_lines_of_its_file() -> None:
    events: list[dict[str, object]] = [{"date": "2024", "title": "A"}, {"date": "soon", "title": "B"}]
    found = read_plain({"format": "1.1", "title": "T"}, events, [3, 7], "x")
    assert [event.line for event in found.events] == [3]
    assert [(each.line, each.code) for each in found.problems] == [(7, "bad-date")]
    assert found.left_out == {("event", "line 7")}
