"""A form for a new event or the fields of one: what is typed is checked and becomes a change of the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, cast

from timeline_tui.editing.adding import (
    NewRecords,
    add_event,
    event_of,
    flaw_of,
    known_records,
    need_short,
    need_text,
    read_date,
    with_new_records,
)
from timeline_tui.editing.changing import change_event, event_data
from timeline_tui.editing.naming import (
    claim_with_ids,
    claimed,
    free_id,
    near,
    pair,
    parts,
    said_with_id,
    with_ids,
)
from timeline_tui.editing.questions import questions
from timeline_tui.editing.splices import Change
from timeline_tui.errors import TimelineError, UsageError
from timeline_tui.model.records import ACTOR_KINDS, FORMAT, RELATIONS
from timeline_tui.text.addresses import is_address
from timeline_tui.text.ids import is_id
from timeline_tui.text.sanitize import fold, has_hidden, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from timeline_tui.editing.adding import KnownRecords
    from timeline_tui.editing.questions import Question

OTHER = "other"
"""The kind of an actor that has none of the kinds of the format."""
DATES = frozenset({"date", "known", "as_of"})
"""The questions whose answers are dates."""
_SEPARATORS = re.compile(r"[,:\n]")
_MARGIN = 8
"""How many more characters of a word are folded than were typed, as accents are dropped."""
_TEXTS = ("date", "title", "kind", "place", "text", "known")
_KEYS: dict[str, tuple[str, ...]] = {
    "status": ("status", "by"),
    "by": ("status", "by"),
    "as_of": ("status", "by"),
    "quote": ("quotes",),
    "language": ("quotes",),
    "translated_from": ("quotes",),
    "original": ("quotes",),
    "claim": ("claims",),
}
"""By question: the keys of an event that its answer becomes a part of, if that is not its own name."""


class FormField(NamedTuple):
    """One field of a form."""

    question: Question
    value: str = ""
    """Its text when the form opens."""
    is_full: bool = False
    """Whether the file has more than fits into a line here, so that only an editor can change it."""


class Form(NamedTuple):
    """What can be typed about an event."""

    event_id: str
    """Empty for a new event."""
    fields: tuple[FormField, ...]
    known: KnownRecords

    def is_asked(self, name: str, answers: Mapping[str, str]) -> bool:
        """Whether a question makes sense after the answers to others."""
        field = next(field for field in self.fields if field.question.name == name)
        after = field.question.after
        return not field.is_full and (not after or bool(answers.get(after, "").strip()))

    def given(self, answers: Mapping[str, str]) -> dict[str, str]:
        """The answers that are not empty, to questions that make sense."""
        return {
            name: answer.strip()
            for name, answer in answers.items()
            if answer.strip() and self.is_asked(name, answers)
        }

    def changed(self, answers: Mapping[str, str]) -> tuple[str, ...]:
        """The names of the questions whose answers differ from what stood there at first."""
        given = self.given(answers)
        return tuple(
            field.question.name
            for field in self.fields
            if not field.is_full and given.get(field.question.name, "") != field.value.strip()
        )


class Missing(NamedTuple):
    """An actor or a source that is named in an answer and is not in the file."""

    kind: str
    """`actor` or `source`."""
    name: str
    """As typed."""
    hint: str
    """What may be meant; may be empty."""


class Added(NamedTuple):
    """An actor or a source that is added together with the event."""

    missing: Missing
    id: str
    record: dict[str, str]


class Mistakes(UsageError):  # noqa: N818  reads as what it says
    """Answers that are not valid."""

    def __init__(self, mistakes: Mapping[str, str]) -> None:
        super().__init__("; ".join(mistakes.values()))
        self.mistakes = mistakes
        """What is wrong, in words, by the names of the questions."""


class Filled(NamedTuple):
    """A form and what was typed into it."""

    form: Form
    answers: Mapping[str, str]
    """By the names of the questions."""
    added: tuple[Added, ...] = ()
    """What to add of the actors and sources that are not in the file."""


class Proposal(NamedTuple):
    """A change of the file that nobody has agreed to yet."""

    change: Change
    event_id: str


def new_form(data: bytes, name: str) -> Form:
    """The form for a new event.

    Raises:
        TimelineError: The file cannot be read.
    """
    return Form("", tuple(map(FormField, questions())), known_records(data, name))


def form_of(data: bytes, event_id: str, name: str) -> Form:
    """The form with the fields of an event, as they are in the file.

    Raises:
        TimelineError: The event is not in the file, or cannot be changed in place; the text says why.
    """
    event = event_data(data, event_id, name)
    known = known_records(data, name)
    typed = _typed(event)
    full = {question.name for question in questions() if _is_full(question.name, event, typed, known)}
    fields = (
        FormField(each, "" if each.name in full else typed.get(each.name, ""), each.name in full)
        for each in questions()
    )
    return Form(event_id, tuple(fields), known)


def mistake_in(form: Form, name: str, answers: Mapping[str, str], *, today: int) -> str:
    """What is wrong with the answer to one question, in words; empty if nothing is, or if it is missing."""
    given = form.given(answers)
    if name not in given:
        return ""
    placeholders = [added_as_named(missing, form.known) for missing in missing_in(form, {name: given[name]})]
    known = with_added(form.known, placeholders)
    question = next(field.question for field in form.fields if field.question.name == name)
    basis = _before(form, question)
    group = {each: given[each] for each in (*basis, name)}
    answer = {"date": "2000", "title": "x", **_with_ids(group, known)}
    if question.choices and given[name] not in question.choices:
        return f"type one of: {', '.join(question.choices)}"
    try:
        event = event_of(answer, known, today=today).event
    except UsageError as error:
        return one_line(str(error))
    version = {"format": form.known.version} if form.known.version else {}
    return one_line(flaw_of({**version, "events": [event]}))


def _before(form: Form, question: Question) -> list[str]:
    """The names of the questions that a question comes after."""
    names = [question.after] if question.after else []
    for name in names:
        after = next(field.question.after for field in form.fields if field.question.name == name)
        names += [after] if after else []
    return names


def understood(answer: str, *, today: int) -> str:
    """How a date is understood, as in `2024-11: November 2024`; empty if it is not one."""
    try:
        need_text(answer)
        return read_date(answer.strip(), today=today)[1] if answer.strip() else ""
    except UsageError:
        return ""


def missing_in(form: Form, answers: Mapping[str, str], added: Iterable[Added] = ()) -> list[Missing]:
    """The actors and sources that answers name and that are neither in the file nor added already."""
    given, known = form.given(answers), with_added(form.known, added)
    changed = set(form.changed(answers))
    named: list[tuple[str, str]] = []
    for name, answer in given.items():
        if name not in changed:
            continue
        if name in ("actors", "by", "sources"):
            named += [("source" if name == "sources" else "actor", pair(part)[0]) for part in parts(answer)]
        elif name == "quote" and pair(answer)[1]:
            named.append(("actor", pair(answer)[0]))
        elif name == "claim" and claimed(answer)[2]:
            named.append(("actor", claimed(answer)[2]))
    missing = []
    for kind, name in dict.fromkeys(named):
        records = known.actors if kind == "actor" else known.sources
        if name and with_ids(name, records) not in records:
            missing.append(Missing(kind, name, near(name, records)))
    return missing


def added_as_named(missing: Missing, known: KnownRecords) -> Added:
    """A record with nothing but the name that was typed."""
    records = known.actors if missing.kind == "actor" else known.sources
    id_ = missing.name if is_id(missing.name) else free_id(missing.name, missing.kind, records)
    field = "name" if missing.kind == "actor" else "title"
    return Added(missing, id_, {field: missing.name})


def added_of(missing: Missing, answers: Mapping[str, str], known: KnownRecords, *, today: int) -> Added:
    """A new actor or source of what was typed about it.

    Args:
        missing: What it was called.
        answers: `name`, `kind` and `short` of an actor; `title`, `publisher`, `date` and `url` of a source.
        known: The records of the file, and those that were added already.
        today: The day number that `yesterday` refers to.

    Raises:
        Mistakes: Some of it is not valid.
    """
    record: dict[str, str] = {}
    mistakes: dict[str, str] = {}
    field = "name" if missing.kind == "actor" else "title"
    given = {name: " ".join(answer.split()) for name, answer in answers.items() if answer.strip()}
    for name in [field, *(name for name in given if name != field)]:
        try:
            need_text(given.get(name, ""))
            value = read_date(given[name], today=today)[0] if name == "date" else given.get(name, "")
            if name == "short":
                need_short(value)
        except UsageError as error:
            mistakes[name] = one_line(str(error))
            continue
        if not value:
            mistakes[name] = f"type a {name}"
        elif missing.kind == "actor" and name == "kind" and value == OTHER:
            continue
        elif missing.kind == "actor" and name == "kind" and value not in ACTOR_KINDS:
            mistakes[name] = f"type one of: {', '.join((*ACTOR_KINDS, OTHER))}"
        elif flaw := flaw_of({f"{missing.kind}s": {"x": {field: "x", name: value}}}):
            mistakes[name] = one_line(flaw)
        else:
            record[name] = value
    if mistakes:
        raise Mistakes(mistakes)
    records = known.actors if missing.kind == "actor" else known.sources
    base = missing.name if is_id(missing.name) else record[field]
    return Added(missing, free_id(base, missing.kind, records), record)


def details_of(missing: Missing, known: KnownRecords) -> dict[str, str]:
    """What is asked about a new actor or source, and the text that each answer begins with.

    Args:
        missing: What it was called.
        known: The records of the file, in whose version of the format an actor may have no short name.
    """
    if missing.kind == "actor":
        return {"name": missing.name, "kind": ""} | ({"short": ""} if known.version == FORMAT else {})
    if is_address(missing.name):
        return {"title": "", "publisher": "", "date": "", "url": missing.name}
    return {"title": missing.name, "publisher": "", "date": "", "url": ""}


def with_added(known: KnownRecords, added: Iterable[Added]) -> KnownRecords:
    """The records of a file and those that are added, which are also called as they were typed."""
    added = tuple(added)
    if not added:
        return known
    actors, sources = dict(known.actors), dict(known.sources)
    for missing, id_, record in added:
        if missing.kind == "actor":
            actors.setdefault(id_, (record["name"], missing.name))
        else:
            sources.setdefault(id_, (record["title"], missing.name))
    return known._replace(actors=actors, sources=sources)


def propose(data: bytes, filled: Filled, *, today: int, name: str) -> Proposal:
    """The change of a file that a form asks for.

    Args:
        data: The file now; it may have changed since the form was made.
        filled: The form as it was filled in.
        today: The day number that `yesterday` refers to.
        name: The name of the file in error messages.

    Raises:
        Mistakes: Some answers are not valid.
        TimelineError: The file cannot be changed like that; the text says why.
    """
    form, answers, added = filled
    now = form_of(data, form.event_id, name) if form.event_id else new_form(data, name)
    changed = form.changed(answers)
    check(form, answers, now, today=today)
    used = [each for each in added if _is_named(each, form, answers)]
    new_records = NewRecords(
        {each.id: each.record for each in used if each.missing.kind == "actor"},
        {each.id: each.record for each in used if each.missing.kind == "source"},
    )
    known = with_added(now.known, used)
    states = [data, *with_new_records(data, new_records, now.known, name)]
    given = _with_ids(form.given(answers), known)
    if not form.event_id:
        event = event_of(given, known, today=today).event
        return Proposal(Change.between([*states, add_event(states[-1], event, name)]), str(event["id"]))
    keys = dict.fromkeys(key for each in changed for key in _keys(each))
    asked = {each: answer for each, answer in given.items() if set(_keys(each)) & keys.keys()}
    event = event_of({"date": "2000", "title": "x", **asked}, known, today=today).event
    changes = {key: event.get(key) for key in keys}
    states.append(change_event(states[-1], form.event_id, changes, name))
    return Proposal(Change.between(states), form.event_id)


def check(form: Form, answers: Mapping[str, str], now: Form | None = None, *, today: int) -> None:
    """Check what was typed into a form.

    Args:
        form: The form.
        answers: By the names of the questions.
        now: The form as the file would have it now; None for the same.
        today: The day number that `yesterday` refers to.

    Raises:
        Mistakes: Some answers are not valid.
        TimelineError: There is nothing to write.
    """
    now = now or form
    changed = form.changed(answers)
    form = form._replace(known=now.known)
    mistakes = {}
    given = form.given(answers)
    full = {field.question.name for field in now.fields if field.is_full}
    for field in form.fields:
        name = field.question.name
        if field.question.required and not field.is_full and name not in given:
            mistakes[name] = f"an event needs a {name}"
        elif name not in changed:
            continue
        elif name in full:
            mistakes[name] = "this is written in full in the file now; e edits it in the editor"
        elif wrong := mistake_in(form, name, answers, today=today):
            mistakes[name] = wrong
    if mistakes:
        raise Mistakes(mistakes)
    if not changed:
        raise TimelineError("nothing is changed yet")


def _is_named(added: Added, form: Form, answers: Mapping[str, str]) -> bool:
    """Whether an answer still names a record that is added."""
    return added.missing.name in {missing.name for missing in missing_in(form, answers)}


def _keys(name: str) -> tuple[str, ...]:
    return _KEYS.get(name, (name,))


def _with_ids(given: Mapping[str, str], known: KnownRecords) -> dict[str, str]:
    """Answers with ids instead of known names."""
    found = dict(given)
    for name in ("actors", "by", "sources"):
        if name in found:
            found[name] = with_ids(found[name], known.sources if name == "sources" else known.actors)
    if "quote" in found:
        found["quote"] = said_with_id(found["quote"], known.actors)
    if "claim" in found:
        found["claim"] = claim_with_ids(found["claim"], known.topics, known.actors)
    return found


def _typed(event: Mapping[str, object]) -> dict[str, str]:
    """The fields of an event as one would type them; what cannot be typed comes out as something else."""
    typed = {name: value for name in _TEXTS if isinstance(value := event.get(name), str)}
    typed["actors"] = _joined(event.get("actors"))
    typed["tags"] = _joined(event.get("tags"))
    sources = event.get("sources")
    if isinstance(sources, list):
        sources = {str(each.get("id")): each.get("at") for each in map(_citation, sources)}
    typed["sources"] = _joined(sources)
    typed |= {name: str(value or "") for name, value in _typed_status(event).items()}
    quote = _only(event.get("quotes"))
    typed["quote"] = f"{quote['speaker']}: {quote.get('text')}" if "speaker" in quote else ""
    typed |= {name: str(quote[name]) for name in ("language", "translated_from") if name in quote}
    typed["original"] = str(_only(quote.get("wordings")).get("text", ""))
    claim = _only(event.get("claims"))
    typed["claim"] = (
        f"{claim['about']}: {claim.get('value')}, by {claim.get('by')}" if "about" in claim else ""
    )
    links = event.get("links")
    if isinstance(links, dict):
        typed["links"] = ", ".join(f"{how}: {id_}" for how, ids in links.items() for id_ in _list(ids))
    return typed


def _typed_status(event: Mapping[str, object]) -> dict[str, object]:
    status = event.get("status")
    if isinstance(status, str):
        return {"status": status, "by": _joined(event.get("by"))}
    only = _only(status)
    return {"status": only.get("is"), "by": _joined(only.get("by")), "as_of": only.get("known")}


def _citation(source: object) -> Mapping[str, object]:
    return source if isinstance(source, dict) else {"id": source}


def _only(records: object) -> Mapping[str, object]:
    """The only record of a list; empty if there is not exactly one."""
    if isinstance(records, list) and len(records) == 1 and isinstance(records[0], dict):
        return cast("Mapping[str, object]", records[0])
    return {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _joined(value: object) -> str:
    """A list, or a map with texts, as it is typed."""
    if isinstance(value, dict):
        return ", ".join(f"{name}: {rest}" if rest else str(name) for name, rest in value.items())
    return ", ".join(map(str, _list(value)))


def _is_full(name: str, event: Mapping[str, object], typed: Mapping[str, str], known: KnownRecords) -> bool:
    """Whether what an event has for a question would be another thing if it were typed."""
    present = {key: event[key] for key in _keys(name) if key in event}
    if not present:
        return False
    answer = typed.get(name, "")
    if has_hidden(answer) or (name != "text" and "\n" in answer):
        return True
    if name in _TEXTS:
        return name not in typed
    group = {each: answer for each, answer in typed.items() if _keys(each) == _keys(name)}
    all_known = _with_everything_in(event, known)
    try:
        made = event_of({"date": "2000", "title": "x", **group}, all_known, today=0).event
    except UsageError:
        return True
    return any(_plain(made.get(key)) != _plain(event.get(key)) for key in _keys(name))


def _with_everything_in(event: Mapping[str, object], known: KnownRecords) -> KnownRecords:
    """The records of a file, as if those that an event names were all there."""
    links = event.get("links")
    ids = {str(id_) for each in links.values() for id_ in _list(each)} if isinstance(links, dict) else set()
    return known._replace(events=known.events | ids)


def _plain(value: object) -> object:
    """A value in one of the forms in which the format lets it be written."""
    if isinstance(value, dict):
        empty = not any(value.values())
        return list(value) if empty else {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        texts = [each["id"] if isinstance(each, dict) and each.keys() == {"id"} else each for each in value]
        return [_plain(each) if isinstance(each, dict) else each for each in texts]
    if isinstance(value, bool):
        return str(value).lower()
    return value


def completions(form: Form, name: str, typed: str, added: Iterable[Added] = ()) -> list[str]:
    """What the answer to a question can become: the whole answers, the likeliest first."""
    known = with_added(form.known, added)
    question = next((field.question for field in form.fields if field.question.name == name), None)
    if question is not None and question.choices:
        return _completed("", typed, question.choices)
    if name in ("tags", "actors", "by", "sources"):
        records = known.sources if name == "sources" else known.actors
        return _completed_last(typed, known.tags if name == "tags" else _names(records))
    match name:
        case "claim":
            return _completed_claim(typed, known)
        case "links":
            return _completed_link(typed, known)
        case "quote" if ":" not in typed:
            return _completed("", typed, (f"{each}: " for each in _names(known.actors)))
        case _:
            return _completed("", typed, {"kind": known.kinds, "place": known.places}.get(name, ()))


def _completed_claim(typed: str, known: KnownRecords) -> list[str]:
    if ":" not in typed:
        return _completed("", typed, (f"{each}: " for each in known.topics))
    head, by, word = typed.rpartition(", by ")
    return _completed(head + by, word, _names(known.actors)) if by else []


def _completed_link(typed: str, known: KnownRecords) -> list[str]:
    before, comma, last = typed.rpartition(",")
    how, colon, id_ = last.partition(":")
    if colon:
        margin = " " if id_.startswith(" ") or not id_ else ""
        return _completed(before + comma + how + colon + margin, id_.lstrip(), sorted(known.events))
    return _completed_last(typed, (f"{each}: " for each in RELATIONS))


def _completed_last(typed: str, words: Iterable[str]) -> list[str]:
    before, comma, last = typed.rpartition(",")
    if ":" in last:
        return []
    margin = " " * (len(last) - len(last.lstrip()))
    return _completed(before + comma + margin, last.lstrip(), words)


def _completed(before: str, word: str, words: Iterable[str]) -> list[str]:
    """The texts that begin as typed, with a word that begins as the typed one."""
    typed = fold(word)
    if not typed:
        return []
    most = len(word) + _MARGIN
    return [before + each for each in words if each != word and fold(each[:most]).startswith(typed)]


def _names(records: Mapping[str, tuple[str, ...]]) -> Iterable[str]:
    """Names and ids that can stand between commas and before a colon."""
    words = [*(each for names in records.values() for each in names), *records]
    return (word for word in dict.fromkeys(words) if not _SEPARATORS.search(word))
