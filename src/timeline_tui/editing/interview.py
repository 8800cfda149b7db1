"""The questions of a new event, one by one: each answer is checked at once, and what it names can be made."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Protocol

from timeline_tui.editing.adding import flaw_of, need_text, read_date
from timeline_tui.editing.naming import named, near, pair, parts, with_ids
from timeline_tui.editing.questions import questions
from timeline_tui.errors import UsageError
from timeline_tui.model.records import ACTOR_KINDS
from timeline_tui.text.ids import is_id, slug_of
from timeline_tui.text.sanitize import has_hidden, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from timeline_tui.editing.adding import Known, Made
    from timeline_tui.editing.questions import Question

_OTHER = "other"
_KINDS = (*ACTOR_KINDS, _OTHER)
_SKIP, _MAKE = "skip", "make"
_WITH_ID = re.compile(r"([^\s=]+)\s*=\s+(.+)", re.DOTALL)
_ADDRESS = re.compile(r"(?:\A|\s)(https?://\S+)\Z")


class Asks(Protocol):
    """Who is asked."""

    def ask(self, prompt: str, choices: Sequence[str] = ()) -> str:
        """The answer to a question; `choices` are offered for completion.

        Raises:
            EOFError: There is none to come.
            KeyboardInterrupt: The user wants to end it.
        """

    def tell(self, line: str) -> None:
        """Say something."""


class _AgainError(Exception):
    """The question is to be asked again."""


class Interview:
    """Asks for what a new event still needs.

    Args:
        known: What the file has.
        answers: What is known already, by the names of `questions()`; each is checked when its turn comes.
        made: What is to be written with the event; filled in as it is asked for.
        asks: Who is asked.
        today: The day number that `yesterday` is told from.
    """

    def __init__(
        self, known: Known, answers: Mapping[str, str], made: Made, asks: Asks, *, today: int
    ) -> None:
        self.answers = dict(answers)
        """What was answered so far, in a form that `event_of()` takes."""
        self.made = made
        self._known, self._asks, self._today = known, asks, today

    def run(self) -> None:
        """Ask everything that is not known yet.

        Raises:
            EOFError: There is no answer to come; `answers` has those until then.
            KeyboardInterrupt: As above.
        """
        given = {*self.made.actors, *self.made.sources}
        for question in questions():
            while not self._is_done(question):
                pass
        for name, records in (("actors", self.made.actors), ("sources", self.made.sources)):
            used = {each for each, _ in map(pair, parts(self.answers.get(name, "")))}
            for id_ in [id_ for id_ in records if id_ not in used and id_ not in given]:
                del records[id_]

    def _is_done(self, question: Question) -> bool:
        """Ask a question once, if it is not answered yet; whether it is answered now."""
        name = question.name
        answer = self.answers.get(name, "").strip()
        if not answer:
            hint = f" ({question.hint})" if question.hint else ""
            answer = self._asks.ask(f"{question.prompt}{hint}: ", self._choices(name)).strip()
        if not answer:
            if question.required:
                self._asks.tell(f"a new event needs a {name}")
            return not question.required
        # Until it is found wrong, it is what was typed last, and nothing that was typed is lost.
        self.answers[name] = answer
        try:
            self.answers[name] = self._checked(name, answer)
        except _AgainError:
            pass
        except UsageError as error:
            self._asks.tell(str(error))
        else:
            return True
        del self.answers[name]
        return False

    def _choices(self, name: str) -> tuple[str, ...]:
        known = self._known.with_made(self.made)
        records = {"actors": known.actors, "sources": known.sources}.get(name, {})
        words = {"kind": known.kinds, "tags": known.tags}.get(name, ())
        return tuple(_typable([*words, *records, *(each for names in records.values() for each in names)]))

    def _checked(self, name: str, answer: str) -> str:
        """An answer as it is kept.

        Raises:
            UsageError: It cannot be used.
            _AgainError: It is wanted anew.
        """
        need_text(answer)
        if name == "date":
            date, understood = read_date(answer, today=self._today)
            self._asks.tell(f"date {understood}")
            return date
        if name == "actors":
            return self._with_ids(answer, self._known.actors, self.made.actors, self._new_actor)
        if name == "sources":
            return self._with_ids(answer, self._known.sources, self.made.sources, self._new_source)
        value: object = parts(answer) if name == "tags" else answer
        self._need({"events": [{"date": "2000", "title": "x", name: value}]})
        return answer

    def _need(self, data: Mapping[str, object]) -> None:
        """See that a part of a timeline can be read.

        Raises:
            UsageError: It cannot.
        """
        if flaw := flaw_of(data):
            raise UsageError(one_line(flaw))

    def _with_ids(
        self,
        answer: str,
        known: Mapping[str, tuple[str, ...]],
        made: Mapping[str, Mapping[str, str]],
        make: _Maker,
    ) -> str:
        """An answer with the ids of what it names; what is not there yet is made, if that is wanted."""
        found = []
        for part in parts(answer):
            own = {id_: tuple(record.values())[:1] for id_, record in made.items()}
            name, rest = pair(with_ids(part, {**own, **known}))
            id_ = name if name in known or name in own else make(name)
            found += [f"{id_}: {rest}" if rest else id_] if id_ else []
        return ", ".join(found)

    def _new_actor(self, name: str) -> str:
        """The id of a new actor, empty if there is to be none.

        Raises:
            _AgainError: The name was not meant.
        """
        self._tell_missing("actor", name, self._known.actors)
        kinds = f"{', '.join(_KINDS)}; {_SKIP} leaves it out; nothing asks for the actors again"
        kind = self._choice(f"  its kind, to make it ({kinds}): ", (*_KINDS, _SKIP))
        if kind == _SKIP:
            return ""
        record = {"name": name} | ({} if kind == _OTHER else {"kind": kind})
        if is_id(name):
            self._fill("actors", record, "name", f"  its full name (nothing for {one_line(name)}): ")
        self._need({"actors": {"x": record}})
        id_ = name if is_id(name) else _free_id(name, "actor", {*self._known.actors, *self.made.actors})
        self.made.actors[id_] = record
        return id_

    def _new_source(self, name: str) -> str:
        """The id of a new source, empty if there is to be none.

        Raises:
            _AgainError: The name was not meant.
        """
        self._tell_missing("source", name, self._known.sources)
        hint = f"{_MAKE}; {_SKIP} leaves it out; nothing asks for the sources again"
        if self._choice(f"  make it? ({hint}): ", (_MAKE, _SKIP)) == _SKIP:
            return ""
        address = _ADDRESS.search(name)
        record = {"title": name} | ({"url": name} if address else {})
        if address or is_id(name):
            self._fill("sources", record, "title", f"  its title (nothing for {one_line(name)}): ")
        if not address:
            self._fill("sources", record, "url", "  its address, if it has one: ")
        self._need({"sources": {"x": record}})
        taken = {*self._known.sources, *self.made.sources}
        id_ = name if is_id(name) else _free_id(record["title"], "source", taken)
        self.made.sources[id_] = record
        return id_

    def _fill(self, section: str, record: dict[str, str], field: str, prompt: str) -> None:
        """Ask for a field of a new record until it is sound; it stays as it is if nothing is typed."""
        while answer := self._asks.ask(prompt).strip():
            try:
                need_text(answer)
                self._need({section: {"x": {**record, field: answer}}})
            except UsageError as error:
                self._asks.tell(str(error))
            else:
                record[field] = answer
                return

    def _tell_missing(self, kind: str, name: str, known: Mapping[str, tuple[str, ...]]) -> None:
        hint = near(name, known)
        self._asks.tell(one_line(f"there is no {kind} {name} in the file yet{f' ({hint})' if hint else ''}"))

    def _choice(self, prompt: str, words: Sequence[str]) -> str:
        """One of some words, of which so much may be typed as tells them apart.

        Raises:
            _AgainError: Nothing was typed.
        """
        while answer := self._asks.ask(prompt, words).strip().casefold():
            found = [word for word in words if word == answer] or [w for w in words if w.startswith(answer)]
            if len(found) == 1:
                return found[0]
            self._asks.tell(f"type one of: {', '.join(words)}")
        raise _AgainError


class _Maker(Protocol):
    def __call__(self, name: str, /) -> str:
        """The id of what was made, empty if nothing was."""


def new_actor(text: str, known: Known, made: Made) -> None:
    """Make an actor of `NAME: KIND` or `ID = NAME: KIND`, as it stands on a command line.

    Raises:
        UsageError: It is none.
    """
    id_, rest = _own_id(text)
    name, _, kind = (part.strip() for part in rest.rpartition(":"))
    if not name or kind not in _KINDS:
        raise UsageError(
            one_line(f'{text}: write it like "Louis XVI: person"; kinds are {", ".join(_KINDS)}')
        )
    record = {"name": name} | ({} if kind == _OTHER else {"kind": kind})
    _need_sound("actors", record, text)
    same = named(name, known.actors)
    made.actors[id_ or same or _free_id(name, "actor", {*known.actors, *made.actors})] = record


def new_source(text: str, known: Known, made: Made) -> None:
    """Make a source of `TITLE`, `TITLE ADDRESS` or `ID = TITLE ADDRESS`, as it stands on a command line.

    Raises:
        UsageError: It is none.
    """
    id_, rest = _own_id(text)
    address = _ADDRESS.search(rest)
    title = rest[: address.start()].strip() if address else rest.strip()
    if not title:
        raise UsageError(one_line(f'{text}: write it like "Le Moniteur https://example.org/1789"'))
    record = {"title": title} | ({"url": address[1]} if address else {})
    _need_sound("sources", record, text)
    same = named(title, known.sources)
    made.sources[id_ or same or _free_id(title, "source", {*known.sources, *made.sources})] = record


def command_line(file: str, answers: Mapping[str, str], made: Made) -> str:
    """What can be typed in a shell to add an event that was not written, on one line."""
    words = ["timeline-tui", "add"]
    for id_, record in made.actors.items():
        told = f"{record['name']}: {record.get('kind', _OTHER)}"
        words += _option("new-actor", told if slug_of(record["name"]) == id_ else f"{id_} = {told}")
    for id_, record in made.sources.items():
        told = " ".join(record.values())
        words += _option("new-source", told if slug_of(record["title"]) == id_ else f"{id_} = {told}")
    for name, answer in answers.items():
        words += _option(name, answer) if answer else []
    return one_line(shlex.join([*words, *(["--"] if file.startswith("-") else []), file]))


def _option(name: str, value: str) -> list[str]:
    return [f"--{name}={value}"] if value.startswith("-") else [f"--{name}", value]


def _own_id(text: str) -> tuple[str, str]:
    """The id in front of a `=`, empty for none, and what stands behind it."""
    text = " ".join(text.split())
    found = _WITH_ID.fullmatch(text)
    return (found[1], found[2]) if found and is_id(found[1]) else ("", text)


def _need_sound(section: str, record: Mapping[str, str], text: str) -> None:
    need_text(text)
    if flaw := flaw_of({section: {"x": record}}):
        raise UsageError(one_line(f"{text}: {flaw}"))


def _free_id(name: str, kind: str, taken: set[str]) -> str:
    slug = slug_of(name)
    base = kind if slug == slug_of("") else slug
    number, found = 1, base
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found


def _typable(words: Iterable[str]) -> Iterable[str]:
    """What can be completed in a line of answers with commas between."""
    return dict.fromkeys(word for word in words if not has_hidden(word) and not set(word) & {",", ":", "\n"})
