"""Every key and command, declared once.

Bindings, footer, palette, help and the documentation's tests are all made from `COMMANDS`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Pane(StrEnum):
    """Where a key is heard: in one pane, in every list, or everywhere."""

    LIST = "in the timeline and the actors"
    TIMELINE = "in the timeline"
    SCREEN = "everywhere"
    ACTORS = "in the actors"
    QUOTE = "in the quote"
    PAGE = "on a page"


class Command(NamedTuple):
    """One thing that a key or the palette does."""

    action: str
    """Textual's name of the action, in the pane that hears the key or in `app.` or `screen.`."""
    keys: str
    """Textual's names of the keys, joined by commas."""
    shown: str
    """The keys as people write them."""
    does: str
    """What it does, as a fragment: `next event`."""
    pane: Pane = Pane.SCREEN
    footer: str = ""
    """The word in the footer; empty: not shown there."""
    palette: bool = True
    """Whether the palette offers it: moving by one row makes no sense there."""
    priority: bool = False
    """Whether it is heard before what has the focus, so that letters typed after it come after it."""


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
    Command("filter", "f", "f", "filter: search language, with a live count", footer="filter", priority=True),
    Command("go_to_date", "t", "t", "go to a date, typed as people type dates", footer="date", priority=True),
    Command("known_on", "v", "v", "known on: type a day; empty for all that is known", priority=True),
    Command("earlier", "<", "<", "known on: the day before on which something became known", footer="known"),
    Command("later", ">", ">", "known on: the next day on which something became known"),
    Command("claims", "c", "c", "claims on a topic, by speaker and day; [ ] other topics", footer="claims"),
    Command("wordings", "w", "w", "wordings of the quote, side by side", footer="wordings"),
    Command("links", "l", "l", "links: what led to the event, and what it led to", footer="links"),
    Command("sides", "s", "s", "two sides next to each other; again: type two queries", priority=True),
    Command("news", "u", "u", "what is new since the last visit"),
    Command("days_from", "T", "T", "days counted from this event, or no longer"),
    Command("actor", "i", "i", "who this is: the page of an actor"),
    Command("choose", "enter", "Enter", "go to what the line tells of", Pane.PAGE, "go there", palette=False),
    Command("next_in_line", "right", "→", "further right on the line", Pane.PAGE, palette=False),
    Command("previous_in_line", "left", "←", "further left on the line", Pane.PAGE, palette=False),
    Command("actors", "a", "a", "the actors, and back", footer="actors"),
    Command(
        "toggle_actor", "space", "Space", "choose an actor beside the others", Pane.ACTORS, "choose", False
    ),
    Command(
        "only_actor",
        "enter",
        "Enter",
        "only this actor; again: everybody",
        Pane.ACTORS,
        "only",
        palette=False,
    ),
    Command("screen.next_event", "j", "j", "next event", Pane.QUOTE, palette=False),
    Command("screen.previous_event", "k", "k", "previous event", Pane.QUOTE, palette=False),
    Command("scroll_down", "down", "↓", "scroll the quote down", Pane.QUOTE, palette=False),
    Command("scroll_up", "up", "↑", "scroll the quote up", Pane.QUOTE, palette=False),
    Command("page_down", "pagedown", "PgDn", "a page of the quote down", Pane.QUOTE, palette=False),
    Command("page_up", "pageup", "PgUp", "a page of the quote up", Pane.QUOTE, palette=False),
    Command("scroll_home", "home", "Home", "the quote's beginning", Pane.QUOTE, palette=False),
    Command("scroll_end", "end", "End", "the quote's end", Pane.QUOTE, palette=False),
    Command("read", "enter", "Enter", "read: to the quote, and back", Pane.TIMELINE, palette=False),
    Command("sources", "o", "o", "open a source in the browser, its address shown first", footer="source"),
    Command("archived", "O", "O", "open the archived copy of a source"),
    Command("cite", "y", "y", "copy the citation", footer="cite"),
    Command("problems", "p", "p", "problems in the file"),
    Command("app.edit", "e", "e", "edit the file at this event, in your editor"),
    Command("app.reload", "r", "r", "read the file again"),
    Command("density", "z", "z", "density: one or two lines a row"),
    Command("app.focus_next", "tab", "Tab", "next pane", palette=False),
    Command("app.focus_previous", "shift+tab", "Shift+Tab", "previous pane", palette=False),
    Command("back", "escape", "Esc", "one step back: close, clear the find, clear the filter", palette=False),
    Command("keys", "question_mark", "?", "keys and help", footer="keys"),
    Command("palette", "ctrl+p", "Ctrl+P", "palette: every command by name", palette=False),
    Command("app.suspend_process", "ctrl+z", "Ctrl+Z", "to the shell; fg comes back", palette=False),
    Command("app.quit", "q", "q", "quit", footer="quit"),
)


def commands(pane: Pane) -> tuple[Command, ...]:
    """The commands heard in `pane`, in the order of the declaration."""
    return tuple(command for command in COMMANDS if command.pane is pane)
