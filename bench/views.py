"""From a key to the finished frame of what it opens: the pages, the two clocks, an actor's silence."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from bench.probe import ProbeError, Program, Screen
from bench.table import Row
from timeline_tui.dates.day_numbers import to_civil
from timeline_tui.dates.wording import day_in_words
from timeline_tui.index import Index
from timeline_tui.query import parse_query
from timeline_tui.storage.visits import Visits
from timeline_tui.timeline import View

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bench.probe import Painted
    from bench.timelines import Timeline

SHORT, LONG = 0.100, 0.300
"""Seconds that a view may take, of a short timeline and of any other."""
_SHORT_EVENTS = 1_000
_RUNS = 5
_NEW = 100
"""Events that were not there at the last visit."""
_TYPED, _STILL = 0.3, 0.6
"""Seconds without output after which a screen is taken for finished; where something is typed, a cursor
blinks more slowly than the first of them."""
_PATIENCE = 30.0
_ESCAPE, _ENTER = "\x1b", "\r"
_WANTED = ("has:claims has:wordings has:links", "has:claims has:links", "has:quotes", "")
"""What an event should have that views are opened of; where there is none, the next best."""
_RECOGNISED = 14
"""Letters by which a title is known where there is room for no more."""


class Subject(NamedTuple):
    """The event that views are opened of, and how to come to it."""

    date: str
    """What `--goto` is given."""
    presses: int
    """Of `j` from there to the event."""
    title: str
    actor: str
    """The name of whose page `i` opens."""


class Opening(NamedTuple):
    """How one view is opened, recognised and closed again."""

    name: str
    before: tuple[str, ...]
    """What is typed before, which is not measured."""
    key: str
    shown: str
    """A regular expression for what stands on the screen as soon as the view is there."""
    after: tuple[str, ...] = (_ESCAPE,)


def rows(timeline: Timeline, runs: int, home: Path, database: Path) -> Iterator[Row]:
    """Each view opened for the first time in a program, and closed again before the next is opened."""
    view = View(Index.opened(database))
    subject = subject_of(view)
    opened = openings(subject, view.day_of(view.count // 2))
    took: defaultdict[str, list[float]] = defaultdict(list)
    memory = 0
    for _ in range(min(runs, _RUNS)):
        _remember_visit(view, timeline.path, home)
        with Program([*timeline.command(), "--goto", subject.date], home) as program:
            screen = _at_subject(program, subject)
            for opening in opened:
                took[opening.name].append(_opened(program, screen, opening))
            memory = max(memory, program.peak_memory())
    most = SHORT if timeline.events < _SHORT_EVENTS else LONG
    for opening in opened:
        yield Row(opening.name, timeline.label, took[opening.name], most=most, memory=memory)


def subject_of(view: View) -> Subject:
    """An event of which every view has something to show: as near as can be to what `--goto` finds.

    Of those that are equally near, the one closest to the middle of the timeline.
    """
    found: Sequence[int] = ()
    for text in _WANTED:
        found = found or view.find(parse_query(text, view.vocabulary).query)

    def presses(position: int) -> int:
        return position - view.position_at(view.day_of(position))

    position = min(found, key=lambda place: (presses(place), abs(place - view.count // 2)))
    event = view.event(view.key_at(position))
    named = [*(quote.speaker for quote in event.quotes[:1]), *event.actors, *event.by]
    actor = next(id_ for id_ in named if view.actor(id_) is not None)
    return Subject(
        _as_typed(view.day_of(position)),
        presses(position),
        view.title_of(view.key_at(position)),
        view.actor_name(actor),
    )


def openings(subject: Subject, day: int) -> list[Opening]:
    """The views in the order in which they are opened; the clock is set to a day number."""
    known = f"◷ {re.escape(day_in_words(day))} "
    return [
        Opening("key c to claims", (), "c", r"╭─ [^\n]*\d+ of \d+ \[ \]"),
        Opening("key w to wordings", (), "w", "╭─ Who prints it how: "),
        Opening("key l to links", (), "l", "╭─ Links of: "),
        Opening("key s to two sides", (), "s", "╭─ Two sides "),
        Opening("key u to what is new", (), "u", r"╭─ New since the last visit (?![\s\S]*looked up)"),
        Opening("key i to an actor", (), "i", f"╭─ {re.escape(subject.actor[:_RECOGNISED])}"),
        Opening("key j to an actor's silence", ("a",), "j", r"╰─[^╯\n]* (?:silent|heard) "),
        Opening("key T to days from the event", (), "T", " days from ", ("T",)),
        # It stays for the step back.
        Opening("known on a day: Enter to its story", ("v", _as_typed(day)), _ENTER, known, ()),
        Opening("key < to the day before", (), "<", f"◷ (?!{re.escape(day_in_words(day))} )\\d"),
    ]


def finished(frames: Sequence[Painted], shown: str) -> float | None:
    """When the last frame came that changed anything, if what is `shown` stands on it; else None."""
    changes = [frame for frame in frames if frame.cells]
    if not changes or not re.search(shown, "\n".join(changes[-1].lines)):
        return None
    return changes[-1].time


def _opened(program: Program, screen: Screen, opening: Opening) -> float:
    """Seconds from the key to the finished frame of a view, which is closed again.

    Raises:
        ProbeError: The view did not appear.
    """
    for keys in opening.before:
        screen.paint(program.answer(keys, _TYPED)[1])
    typed, chunks = program.answer(opening.key, _STILL, _PATIENCE)
    frames = screen.paint(chunks)
    # Painted once it is quiet: to paint takes longer than to read, and the program would wait for it.
    while (end := finished(frames, opening.shown)) is None and time.perf_counter() < typed + _PATIENCE:
        frames += screen.paint(program.listen(_STILL))
    if end is None:
        raise ProbeError(f"{opening.name}: {opening.shown!r} was not to be seen")
    for keys in opening.after:
        screen.paint(program.answer(keys, _STILL)[1])
    return end - typed


def _at_subject(program: Program, subject: Subject) -> Screen:
    """Wait until nothing is going on any more, and go to the event.

    Raises:
        ProbeError: It is not the selected one then.
    """
    known = subject.title[:_RECOGNISED]
    program.wait_for(known)
    program.idle()
    screen = Screen()
    screen.paint(program.chunks)
    for _ in range(subject.presses):
        screen.paint(program.answer("j", _TYPED)[1])
    lines = ["".join(cell.data for cell in row) for row in screen.grid]
    if not any(known in line.partition("▌")[2] for line in lines):
        raise ProbeError(f"{subject.title!r} is not the selected event")
    return screen


def _remember_visit(view: View, path: Path, home: Path) -> None:
    """Have the program believe that it has seen all events but a few."""
    every = max(view.total // _NEW, 2)
    prints = ((id_, print_) for number, (_, id_, print_) in enumerate(view.fingerprints()) if number % every)
    if notice := Visits(home / "timeline-tui" / "visits").write(path, prints):
        raise ProbeError(notice)


def _as_typed(day: int) -> str:
    year, month, number = to_civil(day)
    return f"{year:04}-{month:02}-{number:02}"
