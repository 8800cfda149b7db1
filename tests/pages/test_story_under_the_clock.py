"""On each day on which the bundled story changes, nothing is shown or exported that its file dates later.

What the file dates is read from its YAML as plain data, by the words of `docs/format.md` alone.
"""

from __future__ import annotations

import html
import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.everything_shown import exports, pages
from tests.support.examples import IS_DEEP
from tests.support.screens import BUNDLED, TODAY
from timeline_tui.cli.main import main
from timeline_tui.dates.date import parse_date
from timeline_tui.exchange.registry import FORMATS
from timeline_tui.loading.opened import open_timeline
from timeline_tui.model.histories import day_known
from timeline_tui.reading.plain_yaml import plain_documents
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

Plain = dict[str, Any]

_WORD = re.compile(r"[^\W_]+")
_PROBE = 9
"""So many words of a text are looked for: enough to be its own, few enough to be found where it is cut."""
_FEWEST = 4
_SHARES = 6


@cache
def story() -> Plain:
    (data,) = plain_documents(BUNDLED.read_bytes()).data
    assert isinstance(data, dict)
    return data


@cache
def whole() -> View:
    return View(open_timeline(BUNDLED, today=TODAY).index, today=TODAY)


def day(text: str) -> int:
    return day_known(parse_date(text))


def entries(value: Any) -> list[Plain]:  # noqa: ANN401  plain data
    """The entries of a history; of a plain word or text, none."""
    found = [value] if isinstance(value, dict) else value
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def known(event: Plain) -> int:
    first = [each["known"] for each in entries(event.get("status"))[:1] if "known" in each]
    days = [day(event.get("known") or (first[0] if first else event["date"]))]
    days += [
        day(plan.get("known") or event.get("known") or plan["date"]) for plan in event.get("postponed", ())
    ]
    return min(days)


def dated_texts() -> Iterator[tuple[int, str]]:
    """Each text of the file to which it gives a day, and the day."""
    for source in story()["sources"].values():
        if "date" in source:
            yield day(source["date"]), source["title"]
        for each in (*entries(source.get("retracted")), *source.get("corrections", ())):
            yield day(each["known"]), each.get("text") or each.get("note") or ""
        yield from dated_notes(source, 0)
    for register in ("actors", "topics", "places"):
        for record in story().get(register, {}).values():
            # A name and its spellings have no day.
            yield from ((0, name) for name in (record.get("name", ""), *record.get("aliases", ())))
            for each in (*record.get("updates", ()), *entries(record.get("settled"))):
                yield from ((day(each["known"]), each.get(key, "")) for key in ("text", "question", "value"))
            for role in record.get("roles", ()):
                begun = role.get("known") or role.get("from")
                yield day(begun) if begun else 0, role.get("role", "")
            yield from dated_notes(record, 0)
    for event in story()["events"]:
        yield from of_event(event)


def of_event(event: Plain) -> Iterator[tuple[int, str]]:
    first = known(event)
    yield from ((first, event.get(key, "")) for key in ("title", "text"))
    came = max(first, day(event["date"]))
    outcome = event.get("outcome", "")
    yield from ([(came, outcome)] if isinstance(outcome, str) else ())
    for each in (*entries(outcome), *event.get("updates", ())):
        since = max(first, day(each["known"])) if "known" in each else came
        yield from ((since, each.get(key, "")) for key in ("title", "text", "outcome", "place"))
    yield from dated_notes(event, first)
    for said in (*event.get("quotes", ()), *event.get("claims", ())):
        since = max(first, day(said["date"])) if "date" in said else came
        reported = entries(said.get("status"))[:1]
        since = max([since, *(day(each["known"]) for each in reported if each["is"] == "claimed")])
        yield from ((since, said.get(key, "")) for key in ("text", "value"))
        yield from dated_notes(said, since)
        for wording in said.get("wordings", ()):
            cited = [each["id"] if isinstance(each, dict) else each for each in wording.get("sources", ())]
            dates = [story()["sources"][id_].get("date") for id_ in cited]
            printed = min((day(date) if date else 0 for date in dates), default=0)
            yield max(since, printed), wording["text"]


def dated_notes(value: Any, since: int) -> Iterator[tuple[int, str]]:  # noqa: ANN401  plain data
    """The notes in a record and its parts, each with its own day, or else that of what it is in."""
    if isinstance(value, list):
        for each in value:
            yield from dated_notes(each, since)
    elif isinstance(value, dict):
        since = max(since, day(value["known"])) if "known" in value else since
        for key, part in value.items():
            if key == "note":
                note = part if isinstance(part, dict) else {"text": part}
                yield max(since, day(note["known"])) if "known" in note else since, note["text"]
            elif key in ("status", "wordings", "settled"):
                yield from dated_notes(part, since)


def words(text: str) -> str:
    unfolded = text.replace("\r\n ", "").replace("\\n", " ").replace("\\", "")
    return " ".join(["", *_WORD.findall(html.unescape(unfolded)), ""])


@cache
def probes() -> tuple[tuple[int, str, str], ...]:
    """Day, beginning and all words of each text."""
    found = []
    for since, text in dated_texts():
        split = words(text).split()
        if len(split) >= _FEWEST:
            found.append((since, f" {' '.join(split[:_PROBE])} ", f" {' '.join(split)} "))
    return tuple(sorted(found))


def days_of(share: int) -> list[int]:
    """Days on which something of the story became known: a share of them in a deep run, otherwise two."""
    found = change_days()
    days = found[share * len(found) // _SHARES :][: len(found) // _SHARES + 1]
    return days if IS_DEEP else days[len(days) // 2 :: len(days) // 2]


def formats_of(share: int) -> list[str]:
    """The formats to try: all in a deep run, otherwise all on the days of all shares together, JSON on each.

    JSON tells most: all that is known of everything, whether it is shown anywhere or not.
    """
    names = list(FORMATS)
    return names if IS_DEEP else ["json", *names[share::_SHARES]]


@cache
def change_days() -> list[int]:
    return sorted({since for since, _ in dated_texts() if since})


def leaks(shown: str, on: int) -> list[str]:
    before = " ¶ ".join(text for since, _, text in probes() if since <= on)
    later = (probe for since, probe, _ in probes() if since > on)
    return [probe for probe in later if probe in shown and probe not in before]


@pytest.mark.parametrize("share", range(_SHARES) if IS_DEEP else [1])
def test_no_page_of_the_story_tells_what_its_file_dates_later(share: int) -> None:
    for on in days_of(share) if IS_DEEP else days_of(share)[:1]:
        known = whole().known_by(on)
        for view in (known, known.without_sources(list(story()["sources"])[:3])):
            assert leaks(words("\n".join(text for _, text in pages(view, BUNDLED))), on) == []


@pytest.mark.parametrize("share", range(_SHARES))
def test_no_export_of_the_story_tells_what_its_file_dates_later(share: int) -> None:
    for on in days_of(share):
        for name, text in exports(whole().known_by(on), formats_of(share)):
            assert (name, leaks(words(text), on)) == (name, [])


def test_every_format_is_among_those_that_are_tried() -> None:
    assert {name for share in range(_SHARES) for name in formats_of(share)} == {*FORMATS}


@pytest.mark.parametrize(
    "words_of_command", [["list"], ["export", "--to", "json"], ["export", "--to", "text"]]
)
def test_what_the_program_prints_of_a_day_names_nothing_later(
    words_of_command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    on = days_of(2)[0]
    text = date.fromordinal(on).isoformat()
    assert main([*words_of_command, str(BUNDLED), "--known-on", text]) == 0
    printed = words(capsys.readouterr().out)
    assert leaks(printed, on) == []
    titles = [row.title for row in whole().known_by(on).rows(0, 99)]
    assert all(words(title) in printed for title in titles)


@pytest.mark.parametrize("share", range(_SHARES))
def test_the_status_in_the_list_is_the_last_one_that_the_file_dates_by_then(share: int) -> None:
    by_id = {event["id"]: event for event in story()["events"]}
    for on in days_of(share):
        view = whole().known_by(on)
        for row in view.rows(0, view.count):
            history = entries(by_id[row.id].get("status"))
            by_then = [each["is"] for each in history if "known" not in each or day(each["known"]) <= on]
            if row.status != "scheduled" and history:
                assert row.status == (by_then[-1] if by_then else "confirmed"), row.id


def test_the_probes_find_what_is_told() -> None:
    # Otherwise the tests above would prove nothing.
    everything = pages(whole(), BUNDLED) if IS_DEEP else exports(whole(), ["json"])
    shown = words("\n".join(text for _, text in everything))
    told = [probe in shown for _, probe, _ in probes()]
    assert len(told) > 500
    assert sum(told) > 0.9 * len(told)
