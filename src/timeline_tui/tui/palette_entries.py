"""What the palette finds: commands, actors, questions, sources, events, dates and filters."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.answers.claims import topics_in
from timeline_tui.answers.provenance import source_name
from timeline_tui.dates.date import DateError
from timeline_tui.dates.typed import read_typed
from timeline_tui.dates.wording import in_words
from timeline_tui.drawing.lines import Target, count_of
from timeline_tui.query.language import DURING, PHRASE, WORD, Query, parse_query
from timeline_tui.storage.settings import THEMES
from timeline_tui.text.sanitize import begins_words, one_line, words
from timeline_tui.tui.command_line import NAMED
from timeline_tui.tui.keys import Pane, with_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from timeline_tui.timeline.protocol import TimelineView as View
    from timeline_tui.tui.keys import Command

_MOST = 30
"""The greatest number of entries of one kind that are found."""
_MOST_READ = 300
"""How many matching events are searched for those whose title matches."""


class Entry(NamedTuple):
    """One line of the palette."""

    title: str
    """Visible, on one line."""
    right: str
    """What stands at the right edge: the key of a command, or what the entry is."""
    does: Target | Command
    """What it leads to, or the command that it runs."""
    argument: str = ""
    """What the command is to act on."""


class PaletteEntries:
    """The entries for a view, found by the beginnings of their words.

    Args:
        view: What is shown; what is not known on its day is not found.
        keys: The keys that the user's settings give commands, by their names.
    """

    def __init__(self, view: View, keys: Mapping[str, str]) -> None:
        self._shown, self._keys = view, keys
        self._view = view.with_query(Query())

    def commands(self) -> Iterator[Entry]:
        """Every command that has a name, those that work everywhere first."""
        for command in sorted(NAMED.values(), key=lambda command: command.pane is not Pane.SCREEN):
            title = f"{command.does[0].upper()}{command.does[1:]}"
            yield Entry(title, with_keys(command, self._keys).called, command)

    def found(self, text: str) -> Iterator[Entry]:
        """What of the timeline a typed text finds: dates and filters first, then by name, then events."""
        typed = words(text)
        if not typed:
            return
        yield from self._meant(text)
        kinds = (
            self._actors(typed),
            self._questions(typed),
            self._events(typed),
            self._sources(typed),
            _themes(typed),
        )
        for kind in kinds:
            for _, entry in zip(range(_MOST), kind, strict=False):
                yield entry

    def _meant(self, text: str) -> Iterator[Entry]:
        """The date that a text is, and the filter."""
        try:
            date = read_typed(text, today=self._view.today).date
        except DateError:
            pass
        else:
            yield Entry(f"Go to {in_words(date)}", "date", NAMED["goto"], text)
        parsed = parse_query(text, self._view.vocabulary)
        fields = {term.field for term in parsed.query}
        if not parsed.problems and fields - {WORD, PHRASE, DURING}:
            count = count_of(self._view.count_of(parsed.query), "event")
            yield Entry(f"Filter {one_line(text)}", count, Target(leads="filter", id=text))

    def _actors(self, typed: list[str]) -> Iterator[Entry]:
        for id_, keys in self._view.keys_by_actor():
            name = self._view.actor_name(id_)
            if not begins_words(typed, name) or not len(keys):
                continue
            count = len(self._view.keys_with("actor", id_))
            if count:
                yield Entry(f"{name}: {count_of(count, 'event')}", "only these events", NAMED["only"], id_)
                yield Entry(name, "who this is", Target(leads="actor", id=id_))

    def _questions(self, typed: list[str]) -> Iterator[Entry]:
        for id_, _ in topics_in(self._view):
            question = self._view.label("topic", id_)
            if begins_words(typed, question):
                yield Entry(question, "claims", Target(leads="topic", id=id_))

    def _sources(self, typed: list[str]) -> Iterator[Entry]:
        view = self._shown
        for id_ in view.header.sources:
            name = source_name(view, id_)
            verb = "Give back" if id_ in view.without else "Take away"
            if view.is_published(id_) and begins_words(typed, f"{verb} {name}"):
                source = view.source(id_)
                day = f" of {view.date_in_words(source.date)}" if source is not None and source.date else ""
                yield Entry(f"{verb} {name}", f"source{day}", NAMED["without"], id_)
                yield Entry(name, "events that cite it", Target(leads="source", id=id_))

    def _events(self, typed: list[str]) -> Iterator[Entry]:
        query = Query()
        for word in typed:
            query = query.with_term(WORD, word)
        for position in self._view.find(query)[:_MOST_READ]:
            key = self._view.key_at(position)
            title = self._view.title_of(key)
            if begins_words(typed, title):
                date = self._view.date_in_words(self._view.date_of(key))
                yield Entry(title, date, Target(key))


def _themes(typed: list[str]) -> Iterator[Entry]:
    for name in THEMES:
        shade = {"night": "dark", "paper": "light"}.get(name, "")
        title = f"Switch to the theme {name}{f' ({shade})' if shade else ''}"
        if begins_words(typed, title):
            yield Entry(title, "theme", NAMED["theme"], name)
