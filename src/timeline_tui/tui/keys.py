"""Every key and command, declared once.

Bindings, key bar, palette, help and the tests of the documentation are all made from `COMMANDS`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from textual.binding import Binding, BindingType


class Pane(StrEnum):
    """Where a key works: in one pane, in every list, or everywhere. The value is the heading in the help."""

    LIST = "in the timeline and the actors"
    TIMELINE = "in the timeline"
    SCREEN = "everywhere"
    ACTORS = "in the actors"
    EVENT = "in the event"
    PAGE = "on a page"


class Command(NamedTuple):
    """A command, run by a key or from the palette."""

    action: str
    """Textual's name of the action: of the pane, or of the app or screen after `app.` or `screen.`."""
    keys: str
    """Textual's names of the keys, joined by commas."""
    shown: str
    """The keys as people write them."""
    does: str
    """What it does, as a phrase: `next event`."""
    pane: Pane = Pane.SCREEN
    footer: str = ""
    """The word in the key bar; empty if it is not shown there."""
    palette: bool = True
    """Whether the palette offers it; moving by one row makes no sense there."""
    priority: bool = False
    """Whether it comes before the keys of the focused pane, so that the next letters reach the prompt."""


COMMANDS = (
    Command("cursor_down", "j,down", "j ↓", "next event", Pane.LIST, palette=False),
    Command("cursor_up", "k,up", "k ↑", "previous event", Pane.LIST, palette=False),
    Command("first", "g,home", "g Home", "first event", Pane.LIST),
    Command("last", "G,end", "G End", "last event", Pane.LIST),
    Command("page_down", "pagedown", "PgDn", "a page down", Pane.LIST, palette=False),
    Command("page_up", "pageup", "PgUp", "a page up", Pane.LIST, palette=False),
    Command("next_break", "}", "}", "next break: a new period, the end of a silence", Pane.TIMELINE),
    Command("previous_break", "{", "{", "previous break", Pane.TIMELINE),
    Command("next_quote", "]", "]", "next quote of the event", footer="quote"),
    Command("previous_quote", "[", "[", "previous quote of the event"),
    Command("find", "/", "/", "find, from the selected event on", footer="find", priority=True),
    Command("next_match", "n", "n", "next match"),
    Command("previous_match", "N", "N", "previous match"),
    Command("filter", "f", "f", "filter: type a query, with a live count", footer="filter", priority=True),
    Command("go_to_date", "t", "t", "go to a date, typed in any usual form", footer="date", priority=True),
    Command("known_on", "v", "v", "known on: type a day; empty for all that is known", priority=True),
    Command(
        "earlier", "<", "<", "known on: the previous day on which something became known", footer="known"
    ),
    Command("later", ">", ">", "known on: the next day on which something became known"),
    Command("claims", "c", "c", "claims on a topic, by speaker and day; [ ] other topics", footer="claims"),
    Command("wordings", "w", "w", "wordings of the quote, side by side", footer="wordings"),
    Command("links", "l", "l", "links: what led to the event, and what it led to", footer="links"),
    Command("sides", "s", "s", "two sides next to each other; again: type two queries", priority=True),
    Command("news", "u", "u", "what is new since the last visit"),
    Command("rests", "x", "x", "sources: what rests on each alone; take one away", footer="rests on"),
    Command("days_from", "T", "T", "count days from this event (on/off)"),
    Command("actor", "i", "i", "who this is: the page of an actor"),
    Command(
        "choose",
        "enter",
        "Enter",
        "go to the event or page of the line",
        Pane.PAGE,
        "go there",
        palette=False,
    ),
    Command(
        "take_away",
        "space",
        "Space",
        "on the page of sources: take the source away, or give it back",
        Pane.PAGE,
        palette=False,
    ),
    Command("next_in_line", "right", "→", "next entry on the line", Pane.PAGE, palette=False),
    Command("previous_in_line", "left", "←", "previous entry on the line", Pane.PAGE, palette=False),
    Command("actors", "a", "a", "the actors, and back", footer="actors"),
    Command(
        "toggle_actor",
        "space",
        "Space",
        "add an actor to the filter, or take it out",
        Pane.ACTORS,
        "choose",
        False,
    ),
    Command(
        "only_actor",
        "enter",
        "Enter",
        "only this actor; again: all actors",
        Pane.ACTORS,
        "only",
        palette=False,
    ),
    Command("screen.next_event", "j", "j", "next event", Pane.EVENT, palette=False),
    Command("screen.previous_event", "k", "k", "previous event", Pane.EVENT, palette=False),
    Command("scroll_down", "down", "↓", "scroll the quote down", Pane.EVENT, palette=False),
    Command("scroll_up", "up", "↑", "scroll the quote up", Pane.EVENT, palette=False),
    Command("page_down", "pagedown", "PgDn", "a page of the quote down", Pane.EVENT, palette=False),
    Command("page_up", "pageup", "PgUp", "a page of the quote up", Pane.EVENT, palette=False),
    Command("scroll_home", "home", "Home", "beginning of the quote", Pane.EVENT, palette=False),
    Command("scroll_end", "end", "End", "end of the quote", Pane.EVENT, palette=False),
    Command(
        "read",
        "enter",
        "Enter",
        "read: to the quote, and back; on an event that a step of the clock marked: to the next of these",
        Pane.TIMELINE,
        palette=False,
    ),
    Command("sources", "o", "o", "open a source in the browser, after showing its address", footer="source"),
    Command("archived", "O", "O", "open the archived copy of a source"),
    Command("cite", "y", "y", "copy the citation", footer="cite"),
    Command("problems", "p", "p", "problems in the file"),
    Command("app.edit", "e", "e", "edit the file at this event, in your editor"),
    Command("app.reload", "r", "r", "read the file again"),
    Command("density", "z", "z", "density: one or two lines a row"),
    Command("app.focus_next", "tab", "Tab", "next pane", palette=False),
    Command("app.focus_previous", "shift+tab", "Shift+Tab", "previous pane", palette=False),
    Command(
        "back",
        "escape",
        "Esc",
        "one step back: close, end the search, clear the filter, give sources back",
        palette=False,
    ),
    Command("keys", "question_mark", "?", "keys and help", footer="keys"),
    Command("palette", "ctrl+p", "Ctrl+P", "palette: every command by name", palette=False),
    Command("app.suspend_process", "ctrl+z", "Ctrl+Z", "suspend to the shell; fg resumes", palette=False),
    Command("app.quit", "q", "q", "quit", footer="quit"),
)


def commands(pane: Pane) -> tuple[Command, ...]:
    """The commands of a pane, in the order of the declaration."""
    return tuple(command for command in COMMANDS if command.pane is pane)


def bindings(*panes: Pane) -> list[BindingType]:
    """The bindings of `panes`, for a widget's or screen's `BINDINGS`."""
    return [
        Binding(
            command.keys,
            command.action,
            command.footer or command.does,
            show=bool(command.footer),
            key_display=command.shown.split()[0],
            tooltip=command.does,
            id=command.action,
            priority=command.priority,
        )
        for pane in panes
        for command in commands(pane)
    ]
