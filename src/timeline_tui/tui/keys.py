"""Every key and command, declared once.

Bindings, key bar, palette, command line, help and the tests of the documentation are made from `COMMANDS`.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from textual.binding import Binding, BindingType
from textual.keys import KEY_NAME_REPLACEMENTS, Keys, format_key, key_to_character

from timeline_tui.storage.settings import ORDERS, THEMES
from timeline_tui.text.similar import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping


_NO_KEY = "no-key"
"""A key that no keyboard has, for commands without one: settings can give them another."""


class Pane(StrEnum):
    """Where a key works: in one pane, in every list, or everywhere. The value is the heading in the help."""

    LIST = "in every list and on every page"
    TIMELINE = "in the timeline"
    SCREEN = "everywhere"
    PICTURE = "in a picture"
    ACTORS = "in the actors"
    EVENT = "in the event"
    PAGE = "on a page"
    PRESENT = "while presenting"


class Command(NamedTuple):
    """A command: run by a key, from the palette, or by its name in the command line."""

    name: str
    """Its name, which no other command has, in plain words: `next-match`. It is typed after `:`."""
    action: str
    """Textual's name of the action: of the pane, or of the app or screen after `app.` or `screen.`.

    If it takes an argument, so does the method, as an optional text.
    """
    keys: str
    """Textual's names of the keys, joined by commas; empty for none."""
    shown: str
    """The keys as people write them."""
    does: str
    """What it does, as a phrase: `next event`."""
    pane: Pane = Pane.SCREEN
    footer: str = ""
    """The word in the key bar; empty if it is not shown there."""
    palette: bool = True
    """Whether palette and command line offer it; moving by one row makes no sense there."""
    argument: str = ""
    """What can be typed after the name, in a word (`date`), or the words to choose from: `dark|light`."""

    @property
    def key_names(self) -> tuple[str, ...]:
        """Textual's names of the keys, one by one."""
        return tuple(self.keys.split(",")) if self.keys else ()

    @property
    def is_picture(self) -> bool:
        """Whether it shows a picture in place of the list: pictures are numbered, and the list is `1`."""
        return self.keys.isdigit() and self.keys != "1"

    @property
    def called(self) -> str:
        """How people call it: the keys, or the name in the command line."""
        return self.shown or f":{self.name}"


_L, _T, _A, _E, _P = Pane.LIST, Pane.TIMELINE, Pane.ACTORS, Pane.EVENT, Pane.PAGE
_V, _S = Pane.PICTURE, Pane.PRESENT

COMMANDS = (
    Command("down", "cursor_down", "j,down", "j ↓", "next event", _L, palette=False),
    Command("up", "cursor_up", "k,up", "k ↑", "previous event", _L, palette=False),
    Command("first", "first", "g,home", "g Home", "first event", _L),
    Command("last", "last", "G,end", "G End", "last event", _L),
    Command("page-down", "page_down", "pagedown", "PgDn", "a page down", _L, palette=False),
    Command("page-up", "page_up", "pageup", "PgUp", "a page up", _L, palette=False),
    Command("half-page-down", "half_page_down", "ctrl+d", "Ctrl+D", "half a page down", _L, palette=False),
    Command("half-page-up", "half_page_up", "ctrl+u", "Ctrl+U", "half a page up", _L, palette=False),
    Command("next-break", "next_break", "}", "}", "next break: a new period, the end of a silence", _T),
    Command("previous-break", "previous_break", "{", "{", "previous break", _T),
    Command(
        "later-event",
        "later_event",
        "right",
        "→",
        "next event of the lane, next column, place in the east",
        _V,
        palette=False,
    ),
    Command(
        "earlier-event",
        "earlier_event",
        "left",
        "←",
        "previous event of the lane, previous column, place in the west",
        _V,
        palette=False,
    ),
    Command("lane-down", "cursor_down", "j,down", "j ↓", "lane, row or place below", _V, palette=False),
    Command("lane-up", "cursor_up", "k,up", "k ↑", "lane, row or place above", _V, palette=False),
    Command(
        "lane-first",
        "first",
        "g,home",
        "g Home",
        "first event of the lane or place, first row",
        _V,
        palette=False,
    ),
    Command(
        "lane-last", "last", "G,end", "G End", "last event of the lane or place, last row", _V, palette=False
    ),
    Command(
        "lanes-down",
        "page_down",
        "pagedown",
        "PgDn",
        "a page of lanes or rows down; half a map",
        _V,
        palette=False,
    ),
    Command(
        "lanes-up", "page_up", "pageup", "PgUp", "a page of lanes or rows up; half a map", _V, palette=False
    ),
    Command("zoom-in", "zoom_in", "plus,equals_sign", "+ =", "zoom in; a finer calendar", _V, "zoom", False),
    Command("zoom-out", "zoom_out", "minus", "-", "zoom out; a coarser calendar", _V, palette=False),
    Command("fit", "fit", "0", "0", "all days, all places; the fullest cell", _V, "fit", palette=False),
    Command("pan-later", "later_days", "}", "}", "later days; east on the map", _V, palette=False),
    Command("pan-earlier", "earlier_days", "{", "{", "earlier days; west on the map", _V, palette=False),
    Command("fold", "fold", "z", "z", "fold long times without an event (on/off)", _V, "fold", palette=False),
    Command(
        "by",
        "by_next",
        "full_stop",
        ".",
        "what it is by: lanes by kind …; what becomes known; whose moves; another calendar or relation",
        _V,
        "by",
        palette=False,
    ),
    Command(
        "play-picture",
        "play",
        "space",
        "Space",
        "play the known-on clock; any key stops it (lanes, clocks, map)",
        _V,
        "play",
        palette=False,
    ),
    Command(
        "read-event",
        "read",
        "enter",
        "Enter",
        "read the event, and back; list the events of the cell or place",
        _V,
        palette=False,
    ),
    Command("next-quote", "next_quote", "]", "]", "next quote of the event"),
    Command("previous-quote", "previous_quote", "[", "[", "previous quote of the event"),
    Command(
        "find",
        "find",
        "/",
        "/",
        "find, from the selected event on",
        footer="find",
        argument="query",
    ),
    Command("next-match", "next_match", "n", "n", "next match"),
    Command("previous-match", "previous_match", "N", "N", "previous match"),
    Command(
        "filter",
        "filter",
        "f",
        "f",
        "filter: type a query, with a live count",
        footer="filter",
        argument="query",
    ),
    Command(
        "goto",
        "go_to_date",
        "t",
        "t",
        "go to a date, typed in any usual form",
        footer="date",
        argument="date",
    ),
    Command(
        "known-on",
        "known_on",
        "v",
        "v",
        "known on: type a day; empty for all that is known",
        argument="day",
    ),
    Command(
        "earlier",
        "earlier",
        "<",
        "<",
        "known on: the previous day on which something became known",
        footer="known",
    ),
    Command(
        "play",
        "play",
        "",
        "",
        "play the known-on clock, day by day, until a key is pressed",
        argument="slow|fast|day|week|month|year",
    ),
    Command("later", "later", ">", ">", "known on: the next day on which something became known"),
    Command(
        "claims",
        "claims",
        "c",
        "c",
        "claims on a topic, by speaker and day; [ ] other topics",
        footer="claims",
        argument="topic",
    ),
    Command("wordings", "wordings", "w", "w", "wordings of the quote, side by side", footer="wordings"),
    Command("links", "links", "l", "l", "links: what led to the event, and what it led to", footer="links"),
    Command("list", "list", "1", "1", "the list of events"),
    Command(
        "lanes",
        "lanes",
        "2",
        "2",
        "lanes: actors or other things along an axis of time",
        footer="lanes",
        argument="count|first|actor|kind|place|tag|status|publisher|language|file",
    ),
    Command(
        "clocks",
        "clocks",
        "3",
        "3",
        "two clocks: when it happened, and when it became known",
        footer="clocks",
        argument="events|claims|quotes|changes|event-delays|claim-delays|quote-delays",
    ),
    Command(
        "map",
        "map",
        "4",
        "4",
        "map: where it happened, and the moves of an actor",
        footer="map",
        argument="actor",
    ),
    Command(
        "who",
        "who",
        "5",
        "5",
        "who is together, speaks to whom, contradicts whom, repeats whom",
        footer="who",
        argument="together|to|about|against|sources",
    ),
    Command(
        "calendar",
        "calendar",
        "6",
        "6",
        "calendar: how many events in each year, month, day or hour of the week",
        footer="calendar",
        argument="years|months|days|week",
    ),
    Command(
        "window", "window", "", "", "a window of time: show only the events of these days", argument="dates"
    ),
    Command(
        "sides",
        "sides",
        "s",
        "s",
        "two sides next to each other; again: type two queries",
        argument="sides",
    ),
    Command("news", "news", "u", "u", "what is new since the last visit"),
    Command(
        "rests", "rests", "x", "x", "sources: what rests on each alone; take one away", footer="rests on"
    ),
    Command("without", "without", "", "", "take a source away, or give it back", argument="source"),
    Command("questions", "list_questions", "", "", "list of questions in dispute, the most contested first"),
    Command("quotes", "list_quotes", "", "", "list of quotes, those with most wordings first"),
    Command("sources", "list_sources", "", "", "list of sources, the most cited first"),
    Command("places", "list_places", "", "", "list of places, most events first"),
    Command("tags", "list_tags", "", "", "list of tags, most events first"),
    Command("kinds", "list_kinds", "", "", "list of kinds of events, most events first"),
    Command("actors", "list_actors", "", "", "list of actors, most events first"),
    Command("mark", "mark", "m", "m", "mark the event, or take the mark away"),
    Command("marks", "list_marks", "", "", "list of the events that you have marked, and your notes on them"),
    Command(
        "note",
        "note",
        "",
        "",
        "your note on the event: type it, or change it; empty takes it away",
        argument="text",
    ),
    Command(
        "notes", "list_notes", "", "", "list of your notes; those of a file that moved can be taken over"
    ),
    Command(
        "view",
        "view",
        "",
        "",
        "show the view that you saved under a name, or save this one: filter, day, sources taken away, order",
        argument="view",
    ),
    Command("forget-view", "forget_view", "", "", "remove a view that you saved", argument="view"),
    Command("views", "list_views", "", "", "list of the views that you saved"),
    Command("days-from", "days_from", "T", "T", "count days from this event (on/off)"),
    Command("actor", "actor", "i", "i", "who this is: the page of an actor", argument="actor"),
    Command(
        "choose", "choose", "enter", "Enter", "go to the event or page of the line", _P, "go there", False
    ),
    Command(
        "leave", "screen.escape", "escape", "Esc", "to what was there before the page", _P, "back", False
    ),
    Command(
        "next-question",
        "screen.next_question",
        "]",
        "]",
        "next question of the claims",
        _P,
        "question",
        False,
    ),
    Command(
        "previous-question", "screen.previous_question", "[", "[", "previous question", _P, palette=False
    ),
    Command(
        "take-away",
        "take_away",
        "space",
        "Space",
        "take the source away, or give it back (page of sources)",
        _P,
        palette=False,
    ),
    Command("next-in-line", "next_in_line", "right", "→", "next entry on the line", _P, palette=False),
    Command(
        "previous-in-line", "previous_in_line", "left", "←", "previous entry on the line", _P, palette=False
    ),
    Command("sidebar", "actors", "a", "a", "the actors, and back", footer="actors"),
    Command(
        "choose-actor",
        "toggle_actor",
        "space",
        "Space",
        "add an actor to the filter, or take it out",
        _A,
        "choose",
        False,
    ),
    Command(
        "keep-actors",
        "keep_actors",
        "enter",
        "Enter",
        "keep the chosen actors, or choose this one, and go to the timeline",
        _A,
        "keep",
        palette=False,
    ),
    Command("only", "only", "", "", "only this actor in the filter; again: all actors", argument="actor"),
    Command("next-event", "screen.next_event", "j", "j", "next event", _E, palette=False),
    Command("previous-event", "screen.previous_event", "k", "k", "previous event", _E, palette=False),
    Command("walk-down", "walk_down", "down", "↓", "next thing to follow, or a line down", _E, palette=False),
    Command("walk-up", "walk_up", "up", "↑", "previous thing to follow, or a line up", _E, palette=False),
    Command(
        "follow",
        "follow",
        "enter",
        "Enter",
        "follow it: an actor, a tag, a place, a link, a question, a source; on the start page: begin",
        _E,
        "go there",
        palette=False,
    ),
    Command(
        "event-page-down", "page_down", "pagedown", "PgDn", "a page of the event down", _E, palette=False
    ),
    Command("event-page-up", "page_up", "pageup", "PgUp", "a page of the event up", _E, palette=False),
    Command(
        "event-half-page-down",
        "half_page_down",
        "ctrl+d",
        "Ctrl+D",
        "half a page of the event down",
        _E,
        palette=False,
    ),
    Command(
        "event-half-page-up",
        "half_page_up",
        "ctrl+u",
        "Ctrl+U",
        "half a page of the event up",
        _E,
        palette=False,
    ),
    Command("event-top", "scroll_home", "home", "Home", "beginning of the event", _E, palette=False),
    Command("event-end", "scroll_end", "end", "End", "end of the event", _E, palette=False),
    Command(
        "read",
        "read",
        "enter",
        "Enter",
        "read: to the quote, and back; on an event that a step of the clock marked: to the next of these",
        _T,
        palette=False,
    ),
    Command(
        "open-source",
        "sources",
        "o",
        "o",
        "open a source in the browser, after showing its address",
        footer="source",
    ),
    Command(
        "open-archived",
        "archived",
        "O",
        "O",
        "open the archived copy of a source, or the web archive's capture nearest to its day",
    ),
    Command(
        "rows",
        "app.rows",
        "",
        "",
        "list the rows of the table behind this timeline (--over), of the day of the event or of a date",
        argument="date",
    ),
    Command("take", "app.take", "", "", "copy a row of that table as an event into the timeline"),
    Command(
        "archived",
        "app.note_archived",
        "",
        "",
        "write the address of an archived copy for the source that was opened last",
        argument="address",
    ),
    Command("cite", "cite", "y", "y", "copy the citation", footer="cite"),
    Command("problems", "problems", "p", "p", "problems in the file"),
    Command(
        "mapping",
        "app.mapping",
        "",
        "",
        "what each column of others' data was taken for; `date=column` changes it, `save` keeps it beside the"
        " file",
        argument="change",
    ),
    Command("edit", "app.edit", "e", "e", "edit the file at this event, in your editor"),
    Command("add", "app.add", "A", "A", "add an event: a form, with the change shown before it is written"),
    Command("change", "app.change", "E", "E", "change the fields of this event, in a form"),
    Command("undo", "app.undo", "U", "U", "undo the last write, if the file is as it was left"),
    Command("reload", "app.reload", "r", "r", "read the file again"),
    Command(
        "sort",
        "sort",
        "",
        "",
        "order of the list: the oldest or the newest event first; without a word, the other one",
        argument="|".join(ORDERS),
    ),
    Command(
        "zone",
        "zone",
        "",
        "",
        "time zone of all times of day; without a name, each as the file has it",
        argument="zone",
    ),
    Command("density", "density", "z", "z", "density: one line a row, or two with whole titles"),
    Command("next-pane", "app.focus_next", "tab", "Tab", "next pane", palette=False),
    Command("previous-pane", "app.focus_previous", "shift+tab", "Shift+Tab", "previous pane", palette=False),
    Command(
        "escape",
        "escape",
        "escape",
        "Esc",
        "one step back: close, end the search, clear the filter, give sources back",
        palette=False,
    ),
    Command("back", "go_back", "b,ctrl+o", "b Ctrl+O", "back to the place before", footer="back"),
    Command("forward", "go_forward", "B", "B", "forward again"),
    Command("about", "about", "", "", "about this timeline: what it tells, its signs, what to try first"),
    Command(
        "present",
        "present",
        "P",
        "P",
        "present a story, a step a screen; without one, the events that are shown",
        argument="story",
    ),
    Command(
        "story",
        "app.change_story",
        "",
        "",
        "add what is shown as a step to the story that was presented last: add, then its text; or new, then"
        " the title of another story",
        argument="step",
    ),
    Command("stories", "list_stories", "", "", "list of the stories of the file"),
    Command(
        "next-step",
        "next_step",
        "space,right,pagedown,l",
        "Space →",
        "the rest of the step, then the next one",
        _S,
        "next",
        palette=False,
    ),
    Command(
        "previous-step",
        "previous_step",
        "b,left,pageup,h",
        "b ←",
        "the step before",
        _S,
        "back",
        palette=False,
    ),
    Command("first-step", "first_step", "g,home", "g Home", "the title", _S, palette=False),
    Command("last-step", "last_step", "G,end", "G End", "the last step", _S, palette=False),
    Command("step-down", "step_down", "j,down", "j ↓", "down in a long step", _S, palette=False),
    Command("step-up", "step_up", "k,up", "k ↑", "up in a long step", _S, palette=False),
    Command("blank", "blank", "full_stop", ".", "an empty screen, and back", _S, "blank", palette=False),
    Command(
        "step-notes", "step_notes", "n", "n", "the notes of the steps (on/off)", _S, "notes", palette=False
    ),
    Command(
        "go-to-step",
        "go_to_step",
        "enter",
        "Enter",
        "after digits: to the step of that number; else to this event in the timeline",
        _S,
        "go there",
        palette=False,
    ),
    Command("end-presenting", "end", "escape,q,P", "Esc q", "back to the timeline", _S, "end", palette=False),
    Command("help", "app.help", "question_mark", "?", "keys and help", footer="keys"),
    Command(
        "command",
        "command",
        "colon",
        ":",
        "command line: every command by name",
        palette=False,
    ),
    Command("palette", "palette", "ctrl+p", "Ctrl+P", "palette: every command by name", palette=False),
    Command(
        "suspend",
        "app.suspend_process",
        "ctrl+z",
        "Ctrl+Z",
        "suspend to the shell; fg resumes",
        palette=False,
    ),
    Command(
        "export",
        "app.export",
        "",
        "",
        "write the events or the picture shown to a file; its ending says the format: .html, .md, .csv, .svg",
        argument="file",
    ),
    Command(
        "picture", "app.save_picture", "", "", "save a picture of the screen: SVG, in the current folder"
    ),
    Command(
        "theme",
        "app.theme",
        "",
        "",
        "theme: one of the program's or of Textual's; without a name, light for dark or dark for light",
        argument="|".join(THEMES),
    ),
    Command("quit", "app.quit", "q", "q", "quit", footer="quit"),
)


def commands(pane: Pane) -> tuple[Command, ...]:
    """The commands of a pane, in the order of the declaration."""
    return tuple(command for command in COMMANDS if command.pane is pane)


def bindings(*panes: Pane) -> list[BindingType]:
    """The bindings of `panes`, for a widget's or screen's `BINDINGS`."""
    return [
        Binding(
            command.keys or _NO_KEY,
            command.action,
            command.footer or command.does,
            show=bool(command.footer),
            key_display=command.shown.split()[0] if command.shown else None,
            tooltip=command.does,
            id=command.name,
        )
        for pane in panes
        for command in commands(pane)
    ]


def default_keys() -> dict[str, str]:
    """Textual's names of the keys of each command, joined by commas, by the name of the command."""
    return {command.name: command.keys for command in COMMANDS}


def keymap(settings: Mapping[str, str]) -> dict[str, str]:
    """Keys as Textual's `App.set_keymap` takes them.

    Args:
        settings: Keys by the name of a command; empty for none.
    """
    return {name: keys or _NO_KEY for name, keys in settings.items()}


def steps(settings: Mapping[str, str]) -> dict[str, str]:
    """The actions that move in a list or on a page, by the keys that do nothing else there.

    Args:
        settings: The user's keys by the name of a command.

    Returns:
        Textual's names of actions by its names of keys.
    """
    own = [with_keys(command, settings) for command in COMMANDS]
    of_lists = {
        key: command.action for command in own if command.pane is Pane.LIST for key in command.key_names
    }
    places = (Pane.TIMELINE, Pane.ACTORS, Pane.PAGE, Pane.SCREEN)
    others = {key for command in own if command.pane in places for key in command.key_names}
    return {key: action for key, action in of_lists.items() if key not in others}


def wrong_keys(settings: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with the keys in the user's settings: unknown names of keys, one key for two commands.

    Args:
        settings: Keys by the name of a command.

    Returns:
        By the name of a command of the settings, a sentence that names the key.
    """
    return _clashes(settings) | _no_keys(settings)


def _no_keys(settings: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for name, keys in settings.items():
        wrong = next((key for key in filter(None, keys.split(",")) if not _is_key(key)), None)
        if wrong is not None:
            hint = did_you_mean(wrong, [key.value for key in Keys])
            told = f"{name}: there is no key {wrong!r}; write keys like j, ctrl+f, f2, question_mark"
            found[name] = f"{told}; {hint}" if hint else told
    return found


def _is_key(name: str) -> bool:
    """Whether Textual calls a key so: a letter, a name of a key or of a character, after modifiers."""
    *modifiers, base = name.split("+")
    if not base or not {*modifiers} <= {"ctrl", "shift", "alt", "super", "hyper", "meta"}:
        return False
    character = key_to_character(base) or ""
    known = {key.value for key in Keys} | {*KEY_NAME_REPLACEMENTS.values()}
    return len(base) == 1 or base in known or (character.isascii() and bool(character))


def _clashes(settings: Mapping[str, str]) -> dict[str, str]:
    own = [with_keys(command, settings) for command in COMMANDS]
    told: dict[str, str] = {}
    for one in own:
        for other in own if one.name in settings else ():
            both = set(one.key_names) & set(other.key_names)
            if one is not other and both and _share_a_place(one.pane, other.pane) and other.name not in told:
                told.setdefault(
                    one.name, f"{one.name}: {as_written(min(both))} is also the key of {other.name}"
                )
    return told


def _share_a_place(one: Pane, other: Pane) -> bool:
    """Whether the keys of two panes can be meant at the same moment."""
    lists = (Pane.LIST, Pane.TIMELINE, Pane.ACTORS, Pane.PAGE)
    return (
        one is other
        or Pane.SCREEN in (one, other)
        or (Pane.LIST in (one, other) and {one, other} <= {*lists})
    )


def with_keys(command: Command, settings: Mapping[str, str]) -> Command:
    """A command with the keys that the user gives it, by its name; unchanged if the user gives none."""
    own = settings.get(command.name)
    if own is None:
        return command
    return command._replace(keys=own, shown=" ".join(map(as_written, filter(None, own.split(",")))))


def as_written(key: str) -> str:
    """A key as people write it, by its name in Textual: `Ctrl+F` for `ctrl+f`."""
    *modifiers, base = key.split("+")
    shown = format_key(base)
    if (modifiers and len(shown) == 1) or re.fullmatch(r"f[0-9]+", base):
        shown = shown.upper()
    return "+".join((*map(str.capitalize, modifiers), shown))
