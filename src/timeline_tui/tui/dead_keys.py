"""What a key that does nothing here may have meant. No widgets here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.tui.keys import COMMANDS, Command, Pane

if TYPE_CHECKING:
    from collections.abc import Collection

_HABITS = {
    "f1": "help",
    "h": "help",
    "ctrl+h": "help",
    "ctrl+f": "find",
    "f3": "next-match",
    "ctrl+g": "next-match",
    "ctrl+l": "reload",
    "f5": "reload",
    "ctrl+r": "reload",
    "ctrl+e": "edit",
    "ctrl+c": "quit",
    "Q": "quit",
    "Z": "quit",
    "backspace": "escape",
    "delete": "escape",
    "ctrl+k": "palette",
    "d": "goto",
    "K": "known-on",
    "ctrl+y": "cite",
    "C": "cite",
    "ctrl+b": "page-up",
    "ctrl+v": "page-down",
    "ctrl+n": "down",
}
"""What other programs do at a key that is free here: the name of the command that does it."""


def meaning(key: str, shown: str, here: Collection[Pane]) -> str:
    """A sentence on a key that does nothing: what it does elsewhere, or which key may have been meant.

    Args:
        key: Textual's name of the key.
        shown: The key as people write it.
        here: The panes whose keys work where one is.
    """
    name = _HABITS.get(key)
    if name is not None:
        return _instead(shown, next(command for command in COMMANDS if command.name == name))
    elsewhere = next((found for found in COMMANDS if _has(found, key) and found.pane not in here), None)
    if elsewhere is not None:
        return f"{shown.capitalize() if len(shown) > 1 else shown} works {elsewhere.pane}: {elsewhere.does}."
    other_case = next((found for found in COMMANDS if len(key) == 1 and _has(found, key.swapcase())), None)
    if other_case is not None:
        return f"{_instead(shown, other_case)}{' Is Caps Lock on?' if key.isupper() else ''}"
    return f"{shown} does nothing here; ? shows every key."


def _has(command: Command, key: str) -> bool:
    return key in command.key_names


def _instead(shown: str, command: Command) -> str:
    return f"{shown} does nothing here; {command.called.split()[0]}: {command.does}."
