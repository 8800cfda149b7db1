"""Questions on a terminal, line by line, with completion where Python has readline."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Terminal:
    """Asks who sits at the terminal.

    Args:
        tell: Prints a line.
    """

    def __init__(self, tell: Callable[[str], None]) -> None:
        self.tell = tell
        self._choices: tuple[str, ...] = ()
        if sys.stdout is not None and sys.stdout.isatty():
            self._complete_with_tab()

    def ask(self, prompt: str, choices: Sequence[str] = ()) -> str:
        """The line that is typed; Tab completes what stands behind its last comma.

        Raises:
            EOFError: There is nobody.
            KeyboardInterrupt: As everywhere.
        """
        self._choices = tuple(choices)
        while True:
            try:
                return input(prompt)
            except UnicodeDecodeError:
                self.tell("this is no text in the encoding of the terminal; type it again")

    def _complete_with_tab(self) -> None:
        try:
            import readline
        except ImportError:
            return
        is_editline = "libedit" in (readline.__doc__ or "")
        readline.parse_and_bind("bind ^I rl_complete" if is_editline else "tab: complete")
        readline.set_completer_delims(",")
        readline.set_completer(self._completion)

    def _completion(self, typed: str, number: int) -> str | None:
        found = completions(typed, self._choices)
        return found[number] if number < len(found) else None


def completions(typed: str, choices: Sequence[str]) -> list[str]:
    """What a word that is being typed can become, with the spaces in front of it."""
    word = typed.lstrip()
    margin = typed[: len(typed) - len(word)]
    return [margin + choice for choice in choices if choice.casefold().startswith(word.casefold())]
