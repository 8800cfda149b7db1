"""What a key that does nothing here may have meant. No widgets here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.tui.keys import COMMANDS, Command, Pane

if TYPE_CHECKING:
    from collections.abc import Collection

_HABITS = {
    "f1": "keys",
    "h": "keys",
    "ctrl+h": "keys",
    "ctrl+f": "find",
    "f3": "next_match",
    "ctrl+g": "next_match",
    "ctrl+l": "app.reload",
    "f5": "app.reload",
    "ctrl+r": "app.reload",
    "ctrl+e": "app.edit",
    "ctrl+c": "app.quit",
    "Q": "app.quit",
    "Z": "app.quit",
    "backspace": "back",
    "delete": "back",
    "ctrl+k": "palette",
    "d": "go_to_date",
    "K": "known_on",
    "ctrl+y": "cite",
    "C": "cite",
    "ctrl+b": "page_up",
    "ctrl+v": "page_down",
    "ctrl+n": "cursor_down",
}
"""What other programs do at a key that is free here: the action that does it here."""


def meaning(key: str, shown: str, here: Collection[Pane]) -> str:
    """A sentence on a key that does nothing: what it does elsewhere, or which key may have been meant.

    Args:
        key: Textual's name of the key.
        shown: The key as people write it.
        here: The panes whose keys work where one is.
    """
    action = _HABITS.get(key)
    if action is not None:
        return _instead(shown, next(command for command in COMMANDS if command.action == action))
    elsewhere = next((found for found in COMMANDS if _has(found, key) and found.pane not in here), None)
    if elsewhere is not None:
        return f"{shown} works {elsewhere.pane}: {elsewhere.does}."
    other_case = next((found for found in COMMANDS if len(key) == 1 and _has(found, key.swapcase())), None)
    if other_case is not None:
        return f"{_instead(shown, other_case)}{' Is Caps Lock on?' if key.isupper() else ''}"
    return f"{shown} does nothing here; ? shows every key."


def _has(command: Command, key: str) -> bool:
    return key in command.keys.split(",")


def _instead(shown: str, command: Command) -> str:
    return f"{shown} does nothing here; {command.shown.split()[0]}: {command.does}."
