"""The command line: a command by its name, and what it is to act on. No Textual here but in `keys`."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.zones import find_zone, zone_names
from timeline_tui.pages.reader import described
from timeline_tui.query.completion import candidates, values_beginning
from timeline_tui.query.date_terms import dates_of
from timeline_tui.text.sanitize import one_line
from timeline_tui.text.similar import did_you_mean
from timeline_tui.tui.keys import COMMANDS, Command
from timeline_tui.tui.prompts import Interpretation, PromptKind, interpret

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.timeline.protocol import TimelineView as View

NAMED = {command.name: command for command in COMMANDS if command.palette}
"""The commands that can be typed, by name."""
ASKS = {
    "find": PromptKind.FIND,
    "filter": PromptKind.FILTER,
    "goto": PromptKind.GO_TO,
    "known-on": PromptKind.KNOWN_ON,
    "sides": PromptKind.SIDES,
    "note": PromptKind.NOTE,
}
"""The commands whose argument is what a prompt asks for, and that prompt."""
_VALUES = ("actor", "topic", "source")
"""The arguments that are values of a field of the search language, of the same name."""
_MOST = 60
"""The greatest number of completions that are offered."""


class TypedCommand(NamedTuple):
    """The parts of a typed line."""

    name: str
    argument: str
    start: int
    """Where the argument begins; -1 while the name is still being typed."""


def split(text: str) -> TypedCommand:
    """The parts of a typed line: the name, and what follows after a space."""
    begun = text.lstrip(": ")
    name, space, argument = begun.partition(" ")
    start = len(text) - len(begun) + len(name) + 1 if space else -1
    return TypedCommand(name.lower(), argument.lstrip(), start + len(argument) - len(argument.lstrip()))


def command_named(name: str) -> Command | None:
    """The command with that name, or the only one whose name begins so."""
    if name in NAMED:
        return NAMED[name]
    begun = [command for known, command in NAMED.items() if name and known.startswith(name)]
    return begun[0] if len(begun) == 1 else None


def read_command(text: str, view: View, selected: int) -> Interpretation:
    """What a typed line means.

    Args:
        text: What was typed.
        view: The view in which it was typed.
        selected: Key of the event selected then; -1 for none.
    """
    typed = split(text)
    if not typed.name:
        return Interpretation("type a command; Tab completes it, ↑ recalls earlier ones")
    command = command_named(typed.name)
    if command is None:
        return _without_command(typed)
    if not typed.argument.strip():
        return Interpretation(_described(command), command=command)
    if not command.argument:
        return Interpretation(f"{command.name} takes nothing after it.", mistake=True)
    if (kind := ASKS.get(command.name)) is not None:
        meaning = interpret(kind, typed.argument, view, selected)
        return meaning._replace(
            command=command, argument=typed.argument, wrong_from=meaning.wrong_from + typed.start
        )
    return _with_value(command, typed.argument.strip(), view)


def _without_command(typed: TypedCommand) -> Interpretation:
    """The commands that a name may become; a mistake if there is none."""
    begun = [name for name in NAMED if name.startswith(typed.name)]
    if begun and typed.start < 0:
        return Interpretation(" · ".join(begun))
    hint = did_you_mean(typed.name, NAMED)
    return Interpretation(f"There is no command {typed.name}{f'; {hint}' if hint else '.'}", mistake=True)


def _described(command: Command) -> str:
    takes = f" {_metavar(command)}" if command.argument else ""
    key = f" · key {command.shown}" if command.shown else ""
    return f"{command.name}{takes}: {command.does}{key}"


def _metavar(command: Command) -> str:
    """`DATE`, or `dark|light`."""
    return command.argument if "|" in command.argument else command.argument.upper()


def _with_value(command: Command, argument: str, view: View) -> Interpretation:
    """The meaning of a command with a value that the timeline has, or with one of several words."""
    if command.argument in _VALUES:
        value = view.vocabulary.resolve(command.argument, argument)
        if value is None or not any(view.vocabulary.known(command.argument, [value])):
            found = list(islice(_values(command.argument, argument, view), 2))
            value = found[0] if len(found) == 1 else None
        if value is None:
            near = view.vocabulary.nearest(command.argument, argument)
            hint = f"; did you mean {near}?" if near else "."
            return Interpretation(f"There is no {command.argument} {argument} here{hint}", mistake=True)
        name = view.label(command.argument, value)
        return Interpretation(f"{command.does}: {name}", command=command, argument=value)
    if command.argument in _READERS:
        return _READERS[command.argument](command, argument, view)
    if command.argument == "zone" and not find_zone(argument):
        hint = did_you_mean(argument, zone_names()) or "write it like Europe/Kyiv."
        return Interpretation(f"There is no time zone {argument}; {hint}", mistake=True)
    if "|" in command.argument and argument not in (choices := command.argument.split("|")):
        hint = did_you_mean(argument, choices) or f"type one of {', '.join(choices)}."
        return Interpretation(f"{command.name} cannot be {argument}; {hint}", mistake=True)
    return Interpretation(f"{command.does}: {argument}", command=command, argument=argument)


def _with_dates(command: Command, argument: str, _: View) -> Interpretation:
    """The meaning of a command with a date or a range of dates."""
    dates = dates_of(argument)
    if not dates:
        return Interpretation("Type a date or two with .. between: oct 2024..nov 2024", mistake=True)
    return Interpretation(f"{command.does}: {dates}", command=command, argument=dates)


def _with_view(command: Command, name: str, view: View) -> Interpretation:
    """The meaning of a command with the name of a saved view."""
    saved = view.reader.views.get(name)
    if command.name == "view":
        does = "save what is shown under the name" if saved is None else f"show {described(saved)}, saved as"
        return Interpretation(f"{does} {name}", command=command, argument=name)
    if saved is None:
        hint = did_you_mean(name, view.reader.views)
        return Interpretation(f"You saved no view {name}{f'; {hint}' if hint else '.'}", mistake=True)
    return Interpretation(f"{command.does}: {name}", command=command, argument=name)


def _with_story(command: Command, name: str, view: View) -> Interpretation:
    """The meaning of a command with a story of the file."""
    stories = view.whole_header.stories
    if name not in stories:
        hint = did_you_mean(name, stories)
        return Interpretation(f"There is no story {name}{f'; {hint}' if hint else '.'}", mistake=True)
    title = one_line(stories[name].title)
    return Interpretation(f"{command.does.partition(',')[0]}: {title}", command=command, argument=name)


_READERS = {"dates": _with_dates, "view": _with_view, "story": _with_story}
"""What arguments of other kinds mean."""


def completions(text: str, view: View) -> list[str]:
    """The lines that a typed line can become."""
    typed = split(text)
    if typed.start < 0:
        names = [name for name in NAMED if name.startswith(typed.name)]
        return [f"{name} " if NAMED[name].argument else name for name in names]
    command = command_named(typed.name)
    if command is None or not command.argument:
        return []
    return [f"{text[: typed.start]}{end}" for end in islice(_ends(command, typed.argument, view), _MOST)]


def _ends(command: Command, argument: str, view: View) -> Iterator[str]:
    if command.argument == "query":
        yield from query_completions(argument, view)
    elif command.argument in _VALUES:
        yield from _values(command.argument, argument, view)
    elif command.argument == "view":
        yield from (name for name in view.reader.views if name.startswith(argument))
    elif command.argument == "step":
        yield from (f"{word} " for word in ("add", "new") if word.startswith(argument))
    elif command.argument == "story":
        yield from (name for name in view.whole_header.stories if name.startswith(argument))
    elif command.argument == "zone":
        begun = argument.casefold()
        yield from (name for name in zone_names() if begun in name.casefold())
    elif "|" in command.argument:
        yield from (choice for choice in command.argument.split("|") if choice.startswith(argument))


def query_completions(text: str, view: View) -> list[str]:
    """The queries that a typed query can become; none if its last term is blank."""
    if not text.strip() or text[-1].isspace():
        return []
    return list(islice(candidates(view.vocabulary, text, by_name=True), _MOST))


def _values(field: str, beginning: str, view: View) -> Iterator[str]:
    return values_beginning(view.vocabulary, field, beginning, by_name=True)
