"""A slip in one event, source, actor or topic costs that one and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from timeline_tui.model.problems import Severity
from timeline_tui.reading.reader import Reading, read_text

if TYPE_CHECKING:
    from timeline_tui.model.records import Event

HEAD = """\
title: T
actors:
  kim:
    name: Kim
sources:
  tass:
    title: Tass
    url: https://example.org/x
events:
"""
ID, DATE, TITLE, TEXT, ACTORS, _, SOURCE, _, SPEAKER, QUOTE, _, PLACE = range(12)

Slip = Callable[[list[str]], list[str]]


def event(number: int, indent: int) -> list[str]:
    lines = [
        f"- id: e{number}",
        f"  date: 2024-01-{number % 28 + 1:02}",
        f"  title: Title number {number}",
        "  text: It's a text, with words",
        "  actors: [kim]",
        "  sources:",
        "    - tass",
        "  quotes:",
        "    - speaker: kim",
        '      text: "Quoted words"',
        "      sources: [tass]",
        "  place: Moscow",
    ]
    return [" " * indent + line for line in lines]


def line(at: int, change: Callable[[str], str]) -> Slip:
    return lambda lines: [*lines[:at], *change(lines[at]).split("\n"), *lines[at + 1 :]]


def word(at: int, old: str, new: str) -> Slip:
    return line(at, lambda text: text.replace(old, new, 1))


def every(change: Callable[[str], str]) -> Slip:
    return lambda lines: [change(text) for text in lines]


SLIPS: dict[str, Slip] = {
    "colon in a title": word(TITLE, "Title", "Title: with"),
    "colon in a text": word(TEXT, "text,", "text: more"),
    "tab before a key": line(TITLE, lambda text: "\t" + text.strip()),
    "tab in the indentation": word(ACTORS, "  actors", "\tactors"),
    "double quotation mark not closed": word(TITLE, "Title", '"Title'),
    "single quotation mark not closed": word(TITLE, "Title", "'Title"),
    "quotation mark not closed in a quote": line(QUOTE, lambda text: text.rstrip('"')),
    "text behind a quotation mark": word(TITLE, "title: ", 'title: "x" '),
    "quotation mark inside": word(TITLE, "Title", "'Ti'tle"),
    "bracket not closed": word(ACTORS, "]", ""),
    "bracket too many": word(ACTORS, "[", "[["),
    "bracket closed twice": word(ACTORS, "]", "]]"),
    "brace not closed": word(ACTORS, "[kim]", "{kim"),
    "key one too far": line(TITLE, lambda text: " " + text),
    "key two too far": line(TITLE, lambda text: "  " + text),
    "key one too near": line(TITLE, lambda text: text[1:]),
    "key at the dash": line(ACTORS, lambda text: text[2:]),
    "key at the margin": line(ACTORS, str.strip),
    "date at the margin": line(DATE, str.strip),
    "title at the margin": line(TITLE, str.strip),
    "no dash": word(ID, "- ", "  "),
    "no dash, and further left": word(ID, "- ", ""),
    "no space behind the dash": word(ID, "- ", "-"),
    "event one too far": every(lambda text: " " + text),
    "event two too far": every(lambda text: "  " + text),
    "event four too far": every(lambda text: "    " + text),
    "dash one too far": line(ID, lambda text: " " + text),
    "alias without anchor": word(PLACE, "Moscow", "*moscow"),
    "emphasis as an alias": word(PLACE, "Moscow", "*moscow* x"),
    "anchor without name": word(PLACE, "Moscow", "& x"),
    "tag of python": word(PLACE, "Moscow", "!!python/object:os.system x"),
    "tag without its handle": word(PLACE, "Moscow", "!foo!x x"),
    "bell": word(TEXT, "words", "wo\x07rds"),
    "nul": word(TEXT, "words", "wo\0rds"),
    "control sequence of eight bits": word(TEXT, "words", "wo\x9brds"),
    "byte of another encoding": word(PLACE, "Moscow", "M\udcffnchen"),
    "at sign": word(PLACE, "Moscow", "@moscow"),
    "backtick": word(PLACE, "Moscow", "`moscow"),
    "percent sign": word(PLACE, "Moscow", "%moscow"),
    "no colon": word(TITLE, "title:", "title"),
    "no space behind the colon": word(TITLE, "title: ", "title:"),
    "unknown escape": word(QUOTE, "words", "w\\qords"),
    "key twice": line(PLACE, lambda text: f"{text}\n{text}"),
    "merge key": word(PLACE, "place: Moscow", "<<: {a: b}"),
    "line of text": line(PLACE, lambda text: f"{text}\njunk text"),
    "mark of a merge conflict": line(PLACE, lambda text: f"<<<<<<< HEAD\n{text}"),
    "middle of a merge conflict": line(PLACE, lambda text: f"=======\n{text}"),
    "no space behind a quote's dash": word(SPEAKER, "- ", "-"),
    "quote's key one too near": line(QUOTE, lambda text: text[1:]),
    "quote's key one too far": line(QUOTE, lambda text: " " + text),
    "mark of a block behind text": word(TEXT, "It's", "| It's"),
    "no date": word(DATE, "2024", "Jan 2024"),
    "list as a key": word(PLACE, "place: Moscow", "[a, b]: c"),
    "comma": word(PLACE, "Moscow", ", x"),
}
BESIDE_THE_DASH = {  # of lists that are not indented
    "event one too near": every(lambda text: text[1:]),
    "event at the margin": every(lambda text: text[2:]),
    "dash one too near": line(ID, lambda text: text[1:]),
}


class Written(NamedTuple):
    text: str
    regions: list[tuple[int, int]]


def write(count: int, indent: int, slips: dict[int, Slip], tail: str = "") -> Written:
    text, regions = HEAD, []
    for number in range(count):
        lines = event(number, indent)
        if number in slips:
            lines = slips[number](lines)
        first = text.count("\n") + 1
        text += "\n".join(lines) + "\n"
        regions.append((first, text.count("\n")))
    return Written(text + tail, regions)


def read(text: str) -> Reading:
    return read_text(text.encode("utf-8", "surrogateescape"), "f.yaml")


def without_place(found: Event) -> Event:
    quotes = tuple(msgspec.structs.replace(quote, line=0, column=0) for quote in found.quotes)
    return msgspec.structs.replace(found, line=0, column=0, quotes=quotes)


def assert_costs_only_themselves(count: int, indent: int, slips: dict[int, Slip], tail: str = "") -> None:
    written = write(count, indent, slips, tail)
    reading = read(written.text)
    clean = {found.id: found for found in read(write(count, indent, {}, tail).text).events}
    errors = [problem for problem in reading.problems if problem.severity is Severity.ERROR]
    for number in slips:
        first, last = written.regions[number]
        assert sum(first <= problem.line <= last for problem in errors) == 1, errors
    assert len(errors) == len(slips), errors
    kept = {found.id: without_place(found) for found in reading.events}
    expected = {name: without_place(found) for name, found in clean.items() if int(name[1:]) not in slips}
    assert kept == expected


@pytest.mark.parametrize("name", SLIPS)
def test_a_syntax_error_leaves_out_one_event_and_gives_one_message_inside_it(name: str) -> None:
    for indent, at in product((0, 2, 4), (0, 3, 6)):
        assert_costs_only_themselves(7, indent, {at: SLIPS[name]})


@pytest.mark.parametrize("at", [0, 3, 6])
@pytest.mark.parametrize("name", BESIDE_THE_DASH)
def test_so_does_an_event_too_far_to_the_left(name: str, at: int) -> None:
    assert_costs_only_themselves(7, 2, {at: BESIDE_THE_DASH[name]})


@pytest.mark.parametrize("name", SLIPS)
def test_keys_after_the_events_are_read_as_well(name: str) -> None:
    tail = "topics:\n  troops:\n    question: How many?\n"
    for at in (0, 2):
        assert_costs_only_themselves(3, 2, {at: SLIPS[name]}, tail)
        header = read(write(3, 2, {at: SLIPS[name]}, tail).text).header
        assert header is not None
        assert list(header.topics) == ["troops"]


@examples(200)
@given(
    st.sampled_from([0, 2, 4]),
    st.dictionaries(st.integers(0, 19), st.sampled_from(sorted(SLIPS)), max_size=8),
)
def test_slips_in_many_events_cost_as_many(indent: int, names: dict[int, str]) -> None:
    for number in sorted(names):
        # An event without a dash may belong to an invalid one above it: one message for both.
        is_dashless = names[number] == "no dash" or (indent == 0 and names[number].startswith("no dash"))
        if is_dashless and number - 1 in names:
            names[number] = "comma"
    assert_costs_only_themselves(20, indent, {number: SLIPS[name] for number, name in names.items()})


@pytest.mark.parametrize("name", ["event one too far", "event two too far", "event four too far"])
def test_the_first_events_do_not_set_the_indent_if_more_events_are_indented_less(name: str) -> None:
    slips = dict.fromkeys(range(3), SLIPS[name])
    assert_costs_only_themselves(7, 2, slips, "topics:\n  troops:\n    question: How many?\n")


def test_a_key_at_the_margin_after_a_first_event_without_a_dash_leaves_out_one_event_more() -> None:
    assert_costs_only_themselves(7, 2, {0: SLIPS["no dash"], 1: SLIPS["key at the margin"]})


def test_an_event_that_is_indented_too_far_is_reported_after_one_without_a_dash() -> None:
    slips = {2: SLIPS["no dash, and further left"], 3: SLIPS["dash one too far"]}
    assert_costs_only_themselves(7, 0, slips)


def test_a_dash_without_a_space_is_reported_as_such() -> None:
    [problem] = read(write(3, 2, {1: SLIPS["no space behind the dash"]}).text).problems
    assert problem.message == "there is no space after the dash of this event"


def test_all_slips_in_a_file_of_a_thousand_events_are_as_many_messages() -> None:
    slips = {20 * number + 7: slip for number, slip in enumerate(SLIPS.values()) if 20 * number < 980}
    assert len(slips) > 41
    assert_costs_only_themselves(1_000, 2, slips)


REGISTER = """\
title: T
actors:
  kim:
    name: Kim
    kind: person
  lee:
    name: Lee
    aliases: [Li]
  putin:
    name: Vladimir Putin
    role: President
topics:
  troops:
    question: How many?
events: []
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("name: Lee", "name: Lee: x"),
        ("name: Lee", 'name: "Lee'),
        ("[Li]", "[Li"),
        ("    name: Lee", "     name: Lee"),
        ("    aliases", "     aliases"),
        ("    aliases", "   aliases"),
        ("    aliases", "aliases"),
        ("    aliases", "\taliases"),
        ("  lee:", "   lee:"),
        ("  lee:", "  lee"),
        ("  lee:", "  @lee:"),
        ("  lee:", "  *lee :"),
        ("name: Lee", "name: Le\x07e"),
        ("name: Lee", "nome: Lee"),
    ],
)
def test_a_syntax_error_leaves_out_one_actor_only(old: str, new: str) -> None:
    reading = read(REGISTER.replace(old, new))
    assert reading.header is not None
    assert list(reading.header.actors) == ["kim", "putin"]
    assert list(reading.header.topics) == ["troops"]
    errors = [problem.line for problem in reading.problems if problem.severity is Severity.ERROR]
    assert len(errors) == 1
    assert 6 <= errors[0] <= 8


def test_the_first_actors_do_not_set_the_indent_if_more_actors_are_indented_less() -> None:
    head, rest = REGISTER.split("  lee:\n")
    moved = head.replace("  kim:\n    name: Kim\n    kind", "    kim:\n      name: Kim\n      kind")
    reading = read(f"{moved}  lee:\n{rest}")
    assert reading.header is not None
    assert list(reading.header.actors) == ["lee", "putin"]
    assert list(reading.header.topics) == ["troops"]
    errors = [problem.line for problem in reading.problems if problem.severity is Severity.ERROR]
    assert errors == [3]


def test_a_syntax_error_in_a_value_of_the_timeline_leaves_out_this_value_only() -> None:
    reading = read(
        HEAD.replace("title: T\n", "title: T\ndescription: a: b\n") + "  - {date: 2024, title: A}\n"
    )
    assert [(problem.line, problem.code) for problem in reading.problems] == [(2, "yaml-syntax")]
    assert reading.header is not None
    assert (reading.header.title, list(reading.header.actors), len(reading.events)) == ("T", ["kim"], 1)


def test_two_quotation_marks_that_close_each_other_are_two_slips() -> None:
    unopened = word(TITLE, "number 4", 'number 4"')
    written = write(7, 2, {2: SLIPS["double quotation mark not closed"], 4: unopened})
    reading = read(written.text)
    # A mark at the end of a text is part of it; the one that is open costs its event alone.
    assert [found.id for found in reading.events] == ["e0", "e1", "e3", "e4", "e5", "e6"]
    assert len(reading.problems) == 1
    first, last = written.regions[2]
    assert first <= reading.problems[0].line <= last


def test_the_id_of_a_broken_event_is_remembered() -> None:
    reading = read(write(5, 2, {2: SLIPS["comma"], 3: SLIPS["bell"], 4: SLIPS["no date"]}).text)
    assert reading.left_out == {("event", "e2"), ("event", "e3"), ("event", "e4")}


def test_an_unclosed_quotation_mark_is_reported_where_it_opens() -> None:
    written = write(3, 2, {1: SLIPS["quotation mark not closed in a quote"]})
    [problem] = read(written.text).problems
    assert (problem.line, problem.column) == (written.regions[1][0] + QUOTE, 15)
