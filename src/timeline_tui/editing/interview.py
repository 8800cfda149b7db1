"""Ask about a new event, one question at a time; answers are checked at once and can add new records."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Protocol

from timeline_tui.editing.adding import (
    CLAIM_FORM,
    SHORT_HINT,
    flaw_of,
    links_of,
    need_short,
    need_text,
    needs_short_name,
    no_such,
    read_date,
)
from timeline_tui.editing.naming import claimed, free_id, named, near, pair, parts, with_ids
from timeline_tui.editing.questions import questions
from timeline_tui.errors import UsageError
from timeline_tui.model.records import ACTOR_KINDS, FORMAT
from timeline_tui.text.ids import id_from_title, is_id
from timeline_tui.text.sanitize import has_hidden, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from timeline_tui.editing.adding import KnownRecords, NewRecords
    from timeline_tui.editing.questions import Question

_DATES = frozenset({"date", "known", "as_of"})
_OTHER = "other"
_KINDS = (*ACTOR_KINDS, _OTHER)
_SKIP, _ADD = "skip", "add"
_WITH_ID = re.compile(r"([^\s=]+)\s*=\s+(.+)", re.DOTALL)
_ADDRESS = re.compile(r"(?:\A|\s)(https?://\S+)\Z")


class Prompter(Protocol):
    """Asks the user."""

    def ask(self, prompt: str, choices: Sequence[str] = ()) -> str:
        """The answer to a question; `choices` are offered for completion.

        Raises:
            EOFError: There are no more answers.
            KeyboardInterrupt: The user pressed Ctrl+C.
        """

    def show_line(self, line: str) -> None:
        """Show a line to the user."""


class _AgainError(Exception):
    """The question has to be asked again."""


class Interview:
    """Asks everything that a new event still needs.

    Args:
        known: The records of the file.
        answers: Answers given before, by the names of `questions()`; each is checked in its turn.
        new_records: Records to add with the event; the interview adds to them.
        prompter: Asks the user.
        today: The day number that `yesterday` refers to.
    """

    def __init__(
        self,
        known: KnownRecords,
        answers: Mapping[str, str],
        new_records: NewRecords,
        prompter: Prompter,
        *,
        today: int,
    ) -> None:
        self.answers = dict(answers)
        """The answers so far, as `event_of()` takes them."""
        self.new_records = new_records
        self._known, self._prompter, self._today = known, prompter, today

    def run(self) -> None:
        """Ask every question that is not answered yet.

        Raises:
            EOFError: There are no more answers; those until then are in `answers`.
            KeyboardInterrupt: The user pressed Ctrl+C; as above.
        """
        given = {*self.new_records.actors, *self.new_records.sources}
        for question in questions():
            while not self._is_done(question):
                pass
        actors = f"{self.answers.get('actors', '')}, {self.answers.get('by', '')}"
        speaker = f"{pair(self.answers.get('quote', ''))[0]}, {claimed(self.answers.get('claim', ''))[2]}"
        for named_here, records in (
            (f"{actors}, {speaker}", self.new_records.actors),
            (self.answers.get("sources", ""), self.new_records.sources),
        ):
            used = {each for each, _ in map(pair, parts(named_here))}
            for id_ in [id_ for id_ in records if id_ not in used and id_ not in given]:
                del records[id_]

    def _is_done(self, question: Question) -> bool:
        """Ask a question once if it is not answered yet; return whether it is answered now."""
        name = question.name
        answer = self.answers.get(name, "").strip()
        if not answer and question.after and not self.answers.get(question.after):
            return True
        if not answer:
            hint = f" ({question.hint})" if question.hint else ""
            answer = self._prompter.ask(f"{question.prompt}{hint}: ", self._choices(question)).strip()
        if not answer:
            if question.required:
                self._prompter.show_line(f"a new event needs a {name}")
            return not question.required
        # Kept while it is checked, so that Ctrl+C does not lose what was typed last.
        self.answers[name] = answer
        try:
            self.answers[name] = self._checked(question, answer)
        except _AgainError:
            pass
        except UsageError as error:
            self._prompter.show_line(str(error))
        else:
            return True
        del self.answers[name]
        return False

    def _choices(self, question: Question) -> tuple[str, ...]:
        if question.choices:
            return question.choices
        name, known = question.name, self._known.with_new(self.new_records)
        records = {"actors": known.actors, "by": known.actors, "sources": known.sources}.get(name, {})
        words = {"kind": known.kinds, "tags": known.tags}.get(name, ())
        return tuple(completable([*words, *records, *(each for names in records.values() for each in names)]))

    def _checked(self, question: Question, answer: str) -> str:
        """Check an answer and return it as it is kept.

        Raises:
            UsageError: It is not valid.
            _AgainError: The question has to be asked again.
        """
        need_text(answer)
        name = question.name
        if question.choices and answer not in question.choices:
            raise UsageError(f"type one of: {', '.join(question.choices)}")
        if name in _DATES:
            date, understood = read_date(answer, today=self._today)
            self._prompter.show_line(f"date {understood}")
            return date
        if name in ("actors", "by"):
            return self._with_ids(answer, self._known.actors, self.new_records.actors, self._new_actor)
        if name == "sources":
            return self._with_ids(answer, self._known.sources, self.new_records.sources, self._new_source)
        if name in ("quote", "claim"):
            return self._said(answer) if name == "quote" else self._claimed(answer)
        if name == "links":
            links_of(answer, self._known)
        if name == "links" or question.after:
            return answer
        value: object = parts(answer) if name == "tags" else answer
        self._need({"events": [{"date": "2000", "title": "x", name: value}]})
        return answer

    def _said(self, answer: str) -> str:
        """A quote with the id of its speaker; as `_checked()`."""
        name, words = pair(answer)
        if not words:
            raise UsageError("type the speaker, a colon and the words: lavrov: We agreed.")
        speaker = self._with_ids(name, self._known.actors, self.new_records.actors, self._new_actor)
        if not speaker:
            raise _AgainError
        return f"{speaker}: {words}"

    def _claimed(self, answer: str) -> str:
        """A claim with the ids of its topic and its speaker; as `_checked()`."""
        topic, value, name = claimed(answer)
        if not topic or not value or not name:
            raise UsageError(CLAIM_FORM)
        about = with_ids(topic, self._known.topics)
        if about not in self._known.topics:
            raise no_such("topic", topic, self._known.topics)
        speaker = self._with_ids(name, self._known.actors, self.new_records.actors, self._new_actor)
        if not speaker:
            raise _AgainError
        return f"{about}: {value}, by {speaker}"

    def _need(self, data: Mapping[str, object]) -> None:
        """Check that a part of a timeline can be read without errors.

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
        make: _MakeRecord,
    ) -> str:
        """An answer with ids instead of names; records that are missing are added if the user agrees."""
        found = []
        for part in parts(answer):
            own = {id_: tuple(record.values())[:1] for id_, record in made.items()}
            name, rest = pair(with_ids(part, {**own, **known}))
            id_ = name if name in known or name in own else make(name)
            found += [f"{id_}: {rest}" if rest else id_] if id_ else []
        return ", ".join(found)

    def _new_actor(self, name: str) -> str:
        """Ask about a new actor; return its id, or an empty text to leave it out.

        Raises:
            _AgainError: The name was a mistake.
        """
        self._report_missing("actor", name, self._known.actors)
        kinds = f"{', '.join(_KINDS)}; {_SKIP} to leave it out; Enter to type the actors again"
        kind = self._choice(f"  kind of the new actor ({kinds}): ", (*_KINDS, _SKIP))
        if kind == _SKIP:
            return ""
        record = {"name": name} | ({} if kind == _OTHER else {"kind": kind})
        if is_id(name):
            self._fill("actors", record, "name", f"  full name (Enter for {one_line(name)}): ")
        self._need({"actors": {"x": record}})
        if needs_short_name(record["name"], self._known):
            self._fill("actors", record, "short", f"  short name for slim columns ({SHORT_HINT}): ")
        id_ = name if is_id(name) else free_id(name, "actor", {*self._known.actors, *self.new_records.actors})
        self.new_records.actors[id_] = record
        return id_

    def _new_source(self, name: str) -> str:
        """Ask about a new source; return its id, or an empty text to leave it out.

        Raises:
            _AgainError: The name was a mistake.
        """
        self._report_missing("source", name, self._known.sources)
        hint = f"{_ADD}; {_SKIP} to leave it out; Enter to type the sources again"
        if self._choice(f"  add the source? ({hint}): ", (_ADD, _SKIP)) == _SKIP:
            return ""
        address = _ADDRESS.search(name)
        record = {"title": name} | ({"url": name} if address else {})
        if address or is_id(name):
            self._fill("sources", record, "title", f"  title (Enter for {one_line(name)}): ")
        if not address:
            self._fill("sources", record, "url", "  address, if it has one: ")
        self._need({"sources": {"x": record}})
        taken = {*self._known.sources, *self.new_records.sources}
        id_ = name if is_id(name) else free_id(record["title"], "source", taken)
        self.new_records.sources[id_] = record
        return id_

    def _fill(self, section: str, record: dict[str, str], field: str, prompt: str) -> None:
        """Ask for a field of a new record until it is valid; it stays the same if nothing is typed."""
        while answer := self._prompter.ask(prompt).strip():
            try:
                need_text(answer)
                if field == "short":
                    need_short(answer)
                self._need({section: {"x": {**record, field: answer}}})
            except UsageError as error:
                self._prompter.show_line(str(error))
            else:
                record[field] = answer
                return

    def _report_missing(self, kind: str, name: str, known: Mapping[str, tuple[str, ...]]) -> None:
        hint = near(name, known)
        self._prompter.show_line(
            one_line(f"there is no {kind} {name} in the file yet{f' ({hint})' if hint else ''}")
        )

    def _choice(self, prompt: str, words: Sequence[str]) -> str:
        """Ask for one of some words; it can be abbreviated as long as it is unambiguous.

        Raises:
            _AgainError: Nothing was typed.
        """
        while answer := self._prompter.ask(prompt, words).strip().casefold():
            found = [word for word in words if word == answer] or [w for w in words if w.startswith(answer)]
            if len(found) == 1:
                return found[0]
            self._prompter.show_line(f"type one of: {', '.join(words)}")
        raise _AgainError


class _MakeRecord(Protocol):
    def __call__(self, name: str, /) -> str:
        """Add a record for a name; return its id, or an empty text to leave it out."""


def new_actor(text: str, known: KnownRecords, new_records: NewRecords) -> None:
    """Make an actor of `NAME: KIND` or `ID = NAME: KIND`, as typed on a command line.

    Raises:
        UsageError: It does not have that form.
    """
    id_, rest = _own_id(text)
    name, _, kind = (part.strip() for part in rest.rpartition(":"))
    if not name or kind not in _KINDS:
        raise UsageError(
            one_line(f'{text}: write it like "Louis XVI: person"; the kinds are {", ".join(_KINDS)}')
        )
    name, _, short = (part.strip() for part in name.partition(" / "))
    record = {"name": name} | ({"short": short} if short else {}) | ({} if kind == _OTHER else {"kind": kind})
    if short and known.version != FORMAT:
        hint = f"write format: {FORMAT} as the first line of the file"
        raise UsageError(
            one_line(f"{text}: in this version of the format an actor has no short name ({hint})")
        )
    _check_record("actors", record, text)
    same = named(name, known.actors)
    new_records.actors[id_ or same or free_id(name, "actor", {*known.actors, *new_records.actors})] = record


def new_source(text: str, known: KnownRecords, new_records: NewRecords) -> None:
    """Make a source of `TITLE`, `TITLE ADDRESS` or `ID = TITLE ADDRESS`, as typed on a command line.

    Raises:
        UsageError: It has no title.
    """
    id_, rest = _own_id(text)
    address = _ADDRESS.search(rest)
    title = rest[: address.start()].strip() if address else rest.strip()
    if not title:
        raise UsageError(one_line(f'{text}: write it like "Le Moniteur https://example.org/1789"'))
    record = {"title": title} | ({"url": address[1]} if address else {})
    _check_record("sources", record, text)
    same = named(title, known.sources)
    new_records.sources[id_ or same or free_id(title, "source", {*known.sources, *new_records.sources})] = (
        record
    )


def command_line(file: str, answers: Mapping[str, str], new_records: NewRecords) -> str:
    """The command line that adds an event that has not been written, with everything that was typed."""
    words = ["timeline-tui", "add"]
    for id_, record in new_records.actors.items():
        short = f" / {record['short']}" if "short" in record else ""
        shown = f"{record['name']}{short}: {record.get('kind', _OTHER)}"
        words += _option("new-actor", shown if id_from_title(record["name"]) == id_ else f"{id_} = {shown}")
    for id_, record in new_records.sources.items():
        shown = " ".join(record.values())
        words += _option("new-source", shown if id_from_title(record["title"]) == id_ else f"{id_} = {shown}")
    for name, answer in answers.items():
        words += _option(name.replace("_", "-"), answer) if answer else []
    return one_line(shlex.join([*words, *(["--"] if file.startswith("-") else []), file]))


def _option(name: str, value: str) -> list[str]:
    return [f"--{name}={value}"] if value.startswith("-") else [f"--{name}", value]


def _own_id(text: str) -> tuple[str, str]:
    """The id before a `=` (empty if there is none), and the text after it."""
    text = " ".join(text.split())
    found = _WITH_ID.fullmatch(text)
    return (found[1], found[2]) if found and is_id(found[1]) else ("", text)


def _check_record(section: str, record: Mapping[str, str], text: str) -> None:
    need_text(text)
    if flaw := flaw_of({section: {"x": record}}):
        raise UsageError(one_line(f"{text}: {flaw}"))


def completable(words: Iterable[str]) -> Iterable[str]:
    """The words that can be completed in an answer whose parts are separated by commas."""
    return dict.fromkeys(word for word in words if not has_hidden(word) and not set(word) & {",", ":", "\n"})
