"""Timelines in which everything changes, as plain data, and what of them had been written by a day.

`written_by()` is naive on purpose: it goes by the words of `docs/format.md` and by nothing of the program.
"""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

from hypothesis import strategies as st

Plain = dict[str, Any]

FIRST = date(2024, 3, 1).toordinal()
LAST = FIRST + 20
SOURCES = ("early", "middle", "late", "undated")
ACTORS = ("ann", "ben", "north")
WORDS = ("confirmed", "claimed", "disputed", "denied")


def text_of(day: int) -> str:
    """A day number as a date."""
    return date.fromordinal(day).isoformat()


def day_of(text: str) -> int:
    """The day number of a date to the day."""
    return date.fromisoformat(text).toordinal()


days = st.integers(FIRST, LAST)
_cited = st.lists(st.sampled_from(SOURCES), max_size=2, unique=True)


@st.composite
def entries(draw: st.DrawFn, start: int, fields: st.SearchStrategy[Plain], *, undated: bool) -> list[Plain]:
    """A history whose first entry is of a day or none, the others each later than the one before."""
    known = sorted(draw(st.sets(st.integers(start, LAST), max_size=3)))
    made = [{"known": text_of(day), **draw(fields)} for day in known]
    if made and undated and draw(st.booleans()):
        del made[0]["known"]
    return made


def _marked(name: str) -> st.SearchStrategy[str]:
    return st.integers(0, 99).map(lambda number: f"{name} {number}")


def _note(start: int) -> st.SearchStrategy[object]:
    dated = st.builds(lambda day: {"text": "later note", "known": text_of(day)}, st.integers(start, LAST))
    return _marked("note") | dated


@st.composite
def _statuses(draw: st.DrawFn, start: int, words: tuple[str, ...]) -> list[Plain]:
    fields = st.fixed_dictionaries(
        {"is": st.sampled_from(words)},
        optional={
            "by": st.lists(st.sampled_from(ACTORS), min_size=1, max_size=2, unique=True),
            "sources": _cited,
            "note": _note(start),
        },
    )
    return draw(entries(start, fields, undated=True))


@st.composite
def _said(draw: st.DrawFn, start: int, fields: Plain) -> Plain:
    made = dict(fields)
    said = draw(st.none() | st.integers(start, LAST))
    if said is not None:
        made["date"] = text_of(said)
    made["sources"] = draw(_cited)
    if draw(st.booleans()):
        made["note"] = draw(_note(start))
    if statuses := draw(_statuses(said or start, (*WORDS, "withdrawn"))):
        made["status"] = statuses
    return made


@st.composite
def changing_events(draw: st.DrawFn) -> Plain:
    """An event of which anything may change."""
    day = draw(days)
    known = draw(st.just(day) | st.integers(FIRST, LAST))
    event: Plain = {"id": "it", "date": text_of(day), "title": draw(_marked("title"))}
    if known != day:
        event["known"] = text_of(known)
    start = known
    if statuses := draw(_statuses(start, (*WORDS, "scheduled", "postponed", "cancelled"))):
        event["status"] = statuses
    update = st.fixed_dictionaries(
        {},
        optional={
            "text": _marked("text"),
            "title": _marked("title"),
            "date": days.map(text_of),
            "place": st.sampled_from(["ford", "Elsewhere"]),
            "actors": st.just(["ben"]),
            "outcome": _marked("outcome"),
            "sources": _cited,
        },
    )
    event["updates"] = draw(entries(start, update, undated=False))
    outcome = st.fixed_dictionaries({"text": _marked("outcome")}, optional={"sources": _cited})
    if outcomes := draw(entries(start, outcome, undated=True)):
        event["outcome"] = outcomes
    event["sources"] = draw(_cited)
    event["place"] = draw(st.sampled_from(["ford", "Here"]))
    wordings = [{"text": "wording", "sources": draw(_cited), "note": draw(_note(start))}]
    quote = {"speaker": "ann", "text": "words", "wordings": wordings}
    event["quotes"] = [draw(_said(start, quote)) for _ in range(draw(st.integers(0, 2)))]
    claim = {"about": "many", "by": "ben", "value": "7"}
    event["claims"] = [draw(_said(start, claim)) for _ in range(draw(st.integers(0, 2)))]
    if draw(st.booleans()):
        event["media"] = [{"path": "a.jpg", "date": text_of(draw(days))}, {"path": "b.jpg"}]
    return event


@st.composite
def changing_files(draw: st.DrawFn) -> Plain:
    """A timeline of one event, of which anything may change, with all that it names."""
    text = st.fixed_dictionaries({"text": _marked("text")})
    asked = st.fixed_dictionaries({}, optional={"text": _marked("text"), "question": _marked("question")})
    sources: Plain = {
        "early": {"title": "Early", "date": text_of(FIRST)},
        "middle": {"title": "Middle", "date": text_of(FIRST + 8)},
        "late": {"title": "Late", "date": text_of(LAST - 4), "derived_from": ["early", "middle"]},
        "undated": {"title": "Undated", "note": draw(_note(FIRST))},
    }
    sources["early"]["corrections"] = draw(entries(FIRST, text, undated=False))
    if draw(st.booleans()):
        sources["early"]["retracted"] = {"known": text_of(draw(days)), "by": "its editor"}
    starts = sorted(draw(st.sets(days, max_size=3)))
    roles: list[Plain] = [{"role": f"role {day}", "of": "north", "from": text_of(day)} for day in starts]
    for role in roles:
        if draw(st.booleans()):
            role["until"] = text_of(draw(st.integers(day_of(role["from"]), LAST)))
    answer = st.fixed_dictionaries(
        {"value": st.just("9")}, optional={"note": _note(FIRST), "sources": _cited}
    )
    return {
        "format": "1.1",
        "title": "T",
        "sources": sources,
        "actors": {
            "ann": {"name": "Ann", "roles": roles, "updates": draw(entries(FIRST, text, undated=False))},
            "ben": {"name": "Ben"},
            "north": {"name": "North"},
        },
        "topics": {
            "many": {
                "question": "How many?",
                "updates": draw(entries(FIRST, asked, undated=False)),
                "settled": draw(entries(FIRST, answer, undated=False)),
            }
        },
        "places": {"ford": {"name": "Ford", "updates": draw(entries(FIRST, text, undated=False))}},
        "events": [draw(changing_events())],
    }


def written_by(file: Plain, day: int) -> Plain:
    """The file in which nothing later than a day was ever written."""
    file = copy.deepcopy(file)
    published = {
        id_
        for id_, source in file["sources"].items()
        if day_of(source.get("date", text_of(FIRST - 1))) <= day
    }
    file["sources"] = {id_: file["sources"][id_] for id_ in file["sources"] if id_ in published}
    for source in file["sources"].values():
        if "retracted" in source and day_of(source["retracted"]["known"]) > day:
            del source["retracted"]
    for actor in file["actors"].values():
        actor["roles"] = [role for role in actor.get("roles", []) if day_of(role["from"]) <= day]
        for role in actor["roles"]:
            if "until" in role and day_of(role["until"]) > day:
                del role["until"]
    file["events"] = [_event_by(event, day) for event in file["events"] if first_day(event) <= day]
    cut: Plain = _without_later(file, day, published)
    return cut


def first_day(event: Plain) -> int:
    """The day from which an event is known."""
    first = event["status"][0] if event.get("status") else {}
    return day_of(event.get("known") or first.get("known") or event["date"])


def is_ahead(event: Plain, day: int) -> bool:
    """Whether an event was still to come, as far as was known by a day."""
    date = event["date"]
    for update in event["updates"]:
        if "date" in update and max(day_of(update["known"]), first_day(event)) <= day:
            date = update["date"]
    return day_of(date) > day


def _event_by(event: Plain, day: int) -> Plain:
    known = first_day(event)
    came = next(each for each in range(known, LAST + 2) if not is_ahead(event, each))
    event["quotes"] = [said for said in event["quotes"] if _said_on(said, known, came) <= day]
    event["claims"] = [said for said in event["claims"] if _said_on(said, known, came) <= day]
    event["media"] = [
        item for item in event.get("media", []) if (day_of(item["date"]) if "date" in item else came) <= day
    ]
    outcomes = event.get("outcome", [])
    if is_ahead(event, day):
        event["outcome"] = []
        for update in event["updates"]:
            update.pop("outcome", None)
        called = [
            entry for entry in event.get("status", []) if day_of(entry.get("known", "9999-01-01")) <= day
        ]
        # A plan says that it is one, which a file would say as well.
        event["status"] = called
        event["plan"] = not called or called[-1]["is"] not in ("cancelled", "postponed")
    else:
        event["outcome"] = [each for each in outcomes if "known" in each or came <= day]
    return event


def _said_on(said: Plain, known: int, came: int) -> int:
    first = said["status"][0] if said.get("status") else {}
    told = first.get("known") or said.get("date")
    return max(known, day_of(told)) if told else came


def _without_later(value: Any, day: int, published: set[str]) -> Any:  # noqa: ANN401  plain data
    """Plain data without later entries and notes, and without citations of what was not published."""
    if isinstance(value, list):
        kept = [
            item
            for item in value
            if not (isinstance(item, dict) and "id" not in item and _is_later(item, day))
        ]
        return [_without_later(item, day, published) for item in kept]
    if not isinstance(value, dict):
        return value
    made = {}
    for key, item in value.items():
        if key in ("sources", "derived_from") and isinstance(item, list):
            made[key] = [id_ for id_ in item if id_ in published]
        elif not (key == "note" and isinstance(item, dict) and _is_later(item, day)):
            made[key] = _without_later(item, day, published)
    if "wordings" in value:
        made["wordings"] = [
            word
            for word, before in zip(made["wordings"], value["wordings"], strict=True)
            if word["sources"] or not before["sources"]
        ]
    return made


def _is_later(entry: Plain, day: int) -> bool:
    return "known" in entry and day_of(entry["known"]) > day
