"""Timelines in which everything changes, as plain data, and what of them had been written by a day.

`written_by()` is naive on purpose: it goes by the words of `docs/format.md` and by nothing of the program.
"""

from __future__ import annotations

import copy
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterator

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
_cited = st.sampled_from(
    [[], *([id_] for id_ in SOURCES), ["early", "middle"], ["late", "early"], ["middle", "undated"]]
)
_by = st.sampled_from([["ann"], ["ben"], ["north"], ["ann", "north"]])
_PARTS = ("status", "updates", "outcome", "quotes", "claims", "media", "known", "sources", "place")
"""What of an event may change, or be told otherwise than it is told of most."""
_HEADER_PARTS = ("corrections", "retracted", "note", "roles", "actor", "topic", "settled", "place")


@cache
def _from(start: int) -> st.SearchStrategy[int]:
    return st.integers(start, LAST)


@cache
def _known(start: int) -> st.SearchStrategy[list[int]]:
    """Ascending days of a history of up to three entries, one of them at least."""
    return st.lists(_from(start), min_size=1, max_size=3, unique=True).map(sorted)


@st.composite
def entries(draw: st.DrawFn, start: int, fields: st.SearchStrategy[Plain], *, undated: bool) -> list[Plain]:
    """A history whose first entry is of a day or none, the others each later than the one before."""
    made = [{"known": text_of(day), **draw(fields)} for day in draw(_known(start))]
    if undated and draw(st.booleans()):
        del made[0]["known"]
    return made


@cache
def _marked(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from([f"{name} {number}" for number in range(4)])


@cache
def _note(start: int) -> st.SearchStrategy[object]:
    dated = st.builds(
        lambda day, text: {"text": text, "known": text_of(day)}, _from(start), _marked("later note")
    )
    return _marked("note") | dated


@cache
def _statuses(start: int, words: tuple[str, ...]) -> st.SearchStrategy[list[Plain]]:
    fields = st.fixed_dictionaries(
        {"is": st.sampled_from(words)}, optional={"by": _by, "sources": _cited, "note": _note(start)}
    )
    return entries(start, fields, undated=True)


@st.composite
def _said(draw: st.DrawFn, start: int, fields: Plain) -> Plain:
    made = dict(fields)
    said = draw(_from(start) | st.none())
    if said is not None:
        made["date"] = text_of(said)
    made["sources"] = draw(_cited)
    extra = draw(st.sampled_from(("", "note", "status", "both")))
    if extra in ("note", "both"):
        made["note"] = draw(_note(start))
    if extra in ("status", "both"):
        made["status"] = draw(_statuses(said or start, (*WORDS, "withdrawn")))
    return made


_update = st.fixed_dictionaries(
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
_outcome = st.fixed_dictionaries({"text": _marked("outcome")}, optional={"sources": _cited})


_move = st.fixed_dictionaries(
    {"date": days.map(text_of), "sources": st.sampled_from([["early"], ["middle"], ["undated"]])},
    optional={"text": _marked("text"), "outcome": _marked("outcome")},
)
"""An update that changes the date of its event, and rests on one source."""


@st.composite
def changing_events(draw: st.DrawFn, update: st.SearchStrategy[Plain] = _update, *always: str) -> Plain:
    """An event of which anything may change: up to four of its parts do.

    Args:
        draw: Of hypothesis.
        update: Its updates.
        always: Parts that change in any case.
    """
    parts = draw(st.sets(st.sampled_from(_PARTS), max_size=4 - len(always))) | {*always}
    day = draw(days)
    event: Plain = {"id": "it", "date": text_of(day), "title": "title 0", "updates": [], "sources": []}
    start = draw(days) if "known" in parts else day
    if start != day:
        event["known"] = text_of(start)
    if "status" in parts:
        event["status"] = draw(_statuses(start, (*WORDS, "scheduled", "postponed", "cancelled")))
    if "updates" in parts:
        event["updates"] = draw(entries(start, update, undated=False))
    if "outcome" in parts:
        event["outcome"] = draw(entries(start, _outcome, undated=True))
    if "sources" in parts:
        event["sources"] = draw(_cited)
    event["place"] = "Here" if "place" in parts else "ford"
    event["quotes"] = [draw(_quote(start)) for _ in range(draw(_number))] if "quotes" in parts else []
    claim = {"about": "many", "by": "ben", "value": "7"}
    event["claims"] = [draw(_said(start, claim)) for _ in range(draw(_number))] if "claims" in parts else []
    if "media" in parts:
        event["media"] = [
            {"path": "a.jpg", "caption": "caption 0", "date": text_of(draw(days))},
            {"path": "b.jpg", "caption": "caption 1"},
        ]
    return event


_number = st.integers(1, 2)


@st.composite
def _quote(draw: st.DrawFn, start: int) -> Plain:
    made = draw(_said(start, {"speaker": "ann", "text": draw(_marked("words"))}))
    if draw(st.booleans()):
        made["wordings"] = [
            {
                "text": draw(_marked("wording")),
                "original": True,
                "sources": draw(_cited),
                "note": draw(_note(start)),
            }
            for _ in range(draw(_number))
        ]
    else:
        made["wordings"] = []
    return made


_texts = entries(FIRST, st.fixed_dictionaries({"text": _marked("text")}), undated=False)
_questions = entries(
    FIRST,
    st.fixed_dictionaries({}, optional={"text": _marked("text"), "question": _marked("question")}),
    undated=False,
)
_answers = entries(
    FIRST,
    st.fixed_dictionaries({"value": st.just("9")}, optional={"note": _note(FIRST), "sources": _cited}),
    undated=False,
)


_events = changing_events() | changing_events(_move, "updates", "quotes")


@st.composite
def changing_files(draw: st.DrawFn) -> Plain:
    """A timeline of one event, of which anything may change, with all that it names."""
    parts = draw(st.sets(st.sampled_from(_HEADER_PARTS), max_size=3))
    return {"format": "1.1", "title": "T", **draw(_header(parts)), "events": [draw(_events)]}


@st.composite
def files(draw: st.DrawFn) -> Plain:
    """A timeline of several events, of which anything may change."""
    file = draw(changing_files())
    more = draw(st.lists(_events, max_size=2))
    file["events"] += [{**each, "id": f"it{number}"} for number, each in enumerate(more)]
    return file


@st.composite
def _header(draw: st.DrawFn, parts: set[str]) -> Plain:
    sources: Plain = {
        "early": {"title": "Early", "date": text_of(FIRST)},
        "middle": {"title": "Middle", "date": text_of(FIRST + 8)},
        "late": {"title": "Late", "date": text_of(LAST - 4), "derived_from": ["early", "middle"]},
        "undated": {"title": "Undated"},
    }
    sources["early"]["corrections"] = draw(_texts) if "corrections" in parts else []
    if "note" in parts:
        sources["undated"]["note"] = draw(_note(FIRST))
    if "retracted" in parts:
        sources["early"]["retracted"] = {"known": text_of(draw(days)), "by": "its editor"}
    starts = draw(_known(FIRST)) if "roles" in parts else []
    roles: list[Plain] = [{"role": f"role {day}", "of": "north", "from": text_of(day)} for day in starts]
    for role in roles:
        if draw(st.booleans()):
            role["until"] = text_of(draw(_from(day_of(role["from"]))))
    return {
        "sources": sources,
        "actors": {
            "ann": {"name": "Ann", "roles": roles, "updates": draw(_texts) if "actor" in parts else []},
            "ben": {"name": "Ben"},
            "north": {"name": "North"},
        },
        "topics": {
            "many": {
                "question": "How many?",
                "updates": draw(_questions) if "topic" in parts else [],
                "settled": draw(_answers) if "settled" in parts else [],
            }
        },
        "places": {"ford": {"name": "Ford", "updates": draw(_texts) if "place" in parts else []}},
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
    day = max(known, day_of(said["date"])) if "date" in said else came
    first = said.get("status", [{}])[0]
    return max(day, day_of(first["known"])) if first.get("is") == "claimed" and "known" in first else day


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


def unmoved(file: Plain, without: frozenset[str], day: int) -> Plain:
    """The file in which no update that has fallen on a day, without some sources, says another date."""
    made = copy.deepcopy(file)
    for event in made["events"]:
        for update in event["updates"]:
            if is_fallen(file, _rests(update), without, day):
                update.pop("date", None)
    return made


def statements_by(file: Plain, day: int) -> Iterator[tuple[str, list[Plain]]]:
    """The statements known on a day, each with its kind and what the file says it rests on.

    What it rests on is a list of `{source, since}`, with days; the file cites it, published by then or not.
    """
    for event in written_by(with_grounds(file), day)["events"]:
        yield "event", event["rests"]
        for part in ("updates", "outcome", "quotes", "claims"):
            for each in event.get(part, ()):
                yield part.removesuffix("s"), each["rests"]
                yield from (("wording", wording["rests"]) for wording in each.get("wordings", ()))
        for holder in (event, *event["quotes"], *event["claims"]):
            yield from (("status", entry["rests"]) for entry in holder.get("status", ()))


def with_grounds(file: Plain) -> Plain:
    """A file in which each statement has one more key, `rests`, as in `statements_by()`."""
    file = copy.deepcopy(file)
    for event in file["events"]:
        _note_grounds(event)
    return file


def _note_grounds(event: Plain) -> None:
    known = first_day(event)
    came = next(each for each in range(known, LAST + 2) if not is_ahead(event, each))
    own = _rests(event)
    of_statements: list[Plain] = []
    for each in (*event["updates"], *event.get("status", ())):
        each["rests"] = _rests(each)
    for each in event.get("outcome", ()):
        each["rests"] = _rests(each) or own
    for said in (*event["quotes"], *event["claims"]):
        since = _said_on(said, known, came)
        of_statements += [{**ground, "since": since} for ground in _rests(said)]
        said["rests"] = _rests(said) or own
        for wording in said.get("wordings", ()):
            wording["rests"] = _rests(wording) or said["rests"]
        for entry in said.get("status", ()):
            entry["rests"] = _rests(entry)
    event["rests"] = own or of_statements


def _rests(part: Plain) -> list[Plain]:
    return [{"source": id_, "since": 0} for id_ in part.get("sources", ())]


def is_fallen(file: Plain, rests: list[Plain], without: frozenset[str], day: int) -> bool:
    """Whether what rests on some sources has lost all that could be cited on a day."""
    cited = [ground["source"] for ground in rests if ground["since"] <= day]
    published = [id_ for id_ in cited if day_of(file["sources"][id_].get("date", text_of(1))) <= day]
    return bool(published) and all(_is_gone(file, id_, without, day) for id_ in published)


def _is_gone(file: Plain, id_: str, without: frozenset[str], day: int) -> bool:
    source = file["sources"][id_]
    if id_ in without or ("retracted" in source and day_of(source["retracted"]["known"]) <= day):
        return True
    parents = source.get("derived_from", ())
    return bool(parents) and all(_is_gone(file, parent, without, day) for parent in parents)
