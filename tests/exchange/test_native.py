"""Export to the format's own YAML: reading it gives what was exported."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tests.support.screens import BUNDLED
from tests.support.stories import TODAY, event, story
from timeline_tui.editing.yaml_writer import scalar
from timeline_tui.exchange.contract import Imported, LeftOut
from timeline_tui.exchange.native import yaml as native
from timeline_tui.index.index import Index
from timeline_tui.loading.opened import open_timeline
from timeline_tui.model.problems import Severity
from timeline_tui.model.records import Header
from timeline_tui.query.language import parse_query
from timeline_tui.reading.reader import Reading, read_text
from timeline_tui.timeline.view import View

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
SLIPPERY = st.sampled_from(
    [
        "",
        "~",
        "no",
        "12:30",
        "0123",
        "null",
        "- a",
        "a: b",
        "a #b",
        "#b",
        "?x",
        "-x",
        ":x",
        "---",
        "...",
        "? x",
        "a:",
        "'",
        '"',
        "<<",
        "a\n",
        "\na",
        "a\n\nb\n\n",
        " a\nb",
        "a\n  b",
        "a\n b\n",
        "\t",
        "a\tb",
        "\r\n",
        "a\\b'c\"",
        "*x",
        "&x",
        "!x",
        "%x",
        "@x",
        "`x",
        "=",
        ">",
        "|",
        "{",
        "[x",
        "x]",
        "x, y",
        "\u2028",
        "\x85",
        "\ufeff",
        "\x00",
        "\u202e",
        "a \nb",
        "\ue000\u2029",
    ]
)
PROSE = st.lists(SLIPPERY.filter(str.strip) | TEXT, min_size=20).map(" ".join)
SCALARS = TEXT | SLIPPERY | PROSE | st.lists(SLIPPERY | TEXT, max_size=3).map("\n".join)
KEYS = (SCALARS | TEXT.map(lambda text: text * 30)).filter(lambda name: len(name) < 900)
PLAIN = st.recursive(
    SCALARS | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def reading_of(imported: Imported) -> Reading:
    return read_text(native.write(imported).encode(), "x.yaml")


def errors(reading: Reading) -> list[str]:
    return [str(problem) for problem in reading.problems if problem.severity is Severity.ERROR]


@examples(300)
@given(PLAIN, SCALARS)
def test_any_plain_data_is_read_as_it_was_written(data: Any, text: str) -> None:  # noqa: ANN401
    title = f"x{text}"
    extra = {"own": data} if data is not None else {}
    imported = Imported(
        title, [{"id": "a", "date": "2024", "title": title, "text": text, **extra}], header={**extra}
    )
    reading = reading_of(imported)
    assert not errors(reading)
    assert reading.header is not None
    assert reading.header.title == title
    assert reading.header.extra == extra
    (read,) = reading.events
    assert (read.title, read.text, read.extra) == (title, text, extra)


def test_text_has_no_quotation_marks_unless_it_needs_them() -> None:
    for text in [
        "no",
        "12:30",
        "0123",
        "2024-11",
        "https://example.org/#a",
        "It's 5 o'clock",
        "null",
        "(a)",
        "-1",
    ]:
        assert scalar(text) == text


def test_the_first_lines_say_what_was_guessed_and_what_was_left_out() -> None:
    imported = Imported(
        "A story",
        [],
        guesses=["titles are taken from `x`\n - id: evil"],
        left_out=[LeftOut(7, "no date\u2028in it")],
        lost={"images": 2},
    )
    assert native.write(imported).splitlines() == [
        "# Imported from another format. What was guessed:",
        "# - titles are taken from `x` - id: evil.",
        "# What could not be read and was left out:",
        "# - line 7: no date‹U+2028›in it",
        "# - left out: 2 images",
        "format: 1.1",
        "title: A story",
        "events: []",
    ]


def test_a_lone_surrogate_is_made_visible() -> None:
    reading = reading_of(Imported("a\ud800b", [{"date": "2024", "title": "\udc00"}]))
    assert reading.header is not None
    assert (reading.header.title, reading.events[0].title) == ("a‹U+D800›b", "‹U+DC00›")


@pytest.mark.parametrize(
    "text", ["a " * 700_000 + "b", "a  " * 300_000, "\\\" '" * 300_000, "\n".join(["b" * 500_000, "c"])]
)
def test_no_text_makes_a_line_too_long_to_be_read(text: str) -> None:
    written = native.write(Imported("x", [{"date": "2024", "title": "x", "text": text}]))
    assert max(map(len, written.splitlines())) < 1_000_000
    assert read_text(written.encode(), "x.yaml").events[0].text == text


def test_lists_of_words_are_on_one_line_and_texts_keep_their_lines() -> None:
    text = native.write(
        Imported("x", [{"date": "2024", "title": "x", "tags": ["a", "b c"], "text": "One.\n\nTwo: two.\n"}])
    )
    assert "    tags: [a, b c]\n    text: |\n      One.\n\n      Two: two.\n" in text


def test_the_bundled_timeline_comes_back_as_it_was() -> None:
    view = View(open_timeline(BUNDLED, today=TODAY).index, today=TODAY)
    exported = native.write_view(view)
    reading = read_text(exported.text.encode(), "x.yaml")
    assert not exported.lost
    assert not errors(reading)
    assert native.write_view(again(reading)).text == exported.text
    for before, after in zip(map(view.event, view.keys), reading.events, strict=True):
        assert unplaced(before) == unplaced(after)


def test_a_filtered_view_counts_the_links_to_events_outside_of_it() -> None:
    view = story(
        event("2024-11-01", "One", id="one", links={"leads-to": ("two",)}, actors={"lavrov": ""}),
        event("2024-11-02", "Two", id="two", actors={"tass": ""}),
    )
    view = view.with_query(parse_query("actor:lavrov", view.vocabulary).query)
    exported = native.write_view(view)
    reading = read_text(exported.text.encode(), "x.yaml")
    assert reading.header is not None
    assert (len(reading.events), list(reading.header.actors), sum(exported.lost.values())) == (
        1,
        ["lavrov"],
        1,
    )


def again(reading: Reading) -> View:
    assert isinstance(reading.header, Header)
    return View(Index.build(reading.header, reading.events), today=TODAY)


def unplaced(record: object) -> object:
    """A record without the lines and columns that it and its parts stand on."""
    if isinstance(record, tuple):
        return tuple(map(unplaced, record))
    fields = getattr(record, "__struct_fields__", None)
    if fields is None:
        return record
    return {name: unplaced(getattr(record, name)) for name in fields if name not in ("line", "column")}
