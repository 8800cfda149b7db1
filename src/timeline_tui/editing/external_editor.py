"""The command that opens a file in the user's editor, at a line if the editor supports that."""

from __future__ import annotations

import os
import shlex
import shutil
from enum import Enum
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.errors import TimelineError
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_VARIABLES = ("VISUAL", "EDITOR")
_DEFAULTS = ("sensible-editor", "editor", "nano", "vi")
_WRAPPERS = frozenset({"env", "nice", "nohup", "setsid", "stdbuf", "sudo", "doas", "winpty"})
_HELP = "set VISUAL to the command of your editor, for example: export VISUAL=nano"


class _Way(Enum):
    """How the command line of an editor names a line."""

    PLUS = "+N file"
    COLON = "file:N"
    GOTO = "--goto file:N"
    LINE = "--line N file"


class _Editor(NamedTuple):
    way: _Way
    waits: tuple[str, ...] = ()
    """Equivalent options that make the command wait until the window is closed."""


_WAIT = ("--wait", "-w")
_EDITORS = {
    **dict.fromkeys(
        ("vim", "vi", "nvim", "view", "vimx", "nano", "pico", "micro", "kak", "ne", "joe", "jed", "mg", "ed"),
        _Editor(_Way.PLUS),
    ),
    **dict.fromkeys(("emacs", "emacs-nox", "emacsclient"), _Editor(_Way.PLUS)),
    "gvim": _Editor(_Way.PLUS, ("--nofork", "-f")),
    "gedit": _Editor(_Way.PLUS, _WAIT),
    **dict.fromkeys(("hx", "helix"), _Editor(_Way.COLON)),
    **dict.fromkeys(("zed", "subl"), _Editor(_Way.COLON, _WAIT)),
    **dict.fromkeys(("code", "code-insiders", "codium", "cursor", "windsurf"), _Editor(_Way.GOTO, _WAIT)),
    "kate": _Editor(_Way.LINE, ("--block", "-b")),
}


def editor_command(environment: Mapping[str, str], path: Path, line: int, command: str = "") -> list[str]:
    """A command, to be run without a shell, that opens a file and ends when the file is closed.

    Args:
        environment: With `VISUAL`, `EDITOR` and `PATH`, which are used in this order.
        path: The file; made absolute.
        line: From 1; 0 for none. An unknown editor gets only the file.
        command: The editor of the user's settings, which comes before the environment; empty for none.

    Raises:
        TimelineError: What is set is not a valid command, or no editor is found; the text says what to do.
    """
    named = {"the setting editor": command, **{name: environment.get(name, "") for name in _VARIABLES}}
    words = _first_command(named) or _found(environment.get("PATH"))
    file = str(path.absolute())
    editor = _editor_in(words)
    if editor is None:
        return [*words, file]
    waits = editor.waits[:1] if not set(editor.waits) & set(words) else ()
    return [*words, *waits, *_at_line(editor.way, file, line)]


def _at_line(way: _Way, file: str, line: int) -> list[str]:
    if line < 1:
        return [file]
    return {
        _Way.PLUS: [f"+{line}", file],
        _Way.COLON: [f"{file}:{line}"],
        _Way.GOTO: ["--goto", f"{file}:{line}"],
        _Way.LINE: ["--line", str(line), file],
    }[way]


def _first_command(named: Mapping[str, str]) -> list[str]:
    """The first command of those that the user has set, by the name of what sets it; empty if none is set."""
    for name, value in named.items():
        try:
            words = shlex.split(value)
        except ValueError:
            message = f"{name} is not a valid command: a quotation mark is not closed ({value})"
            raise TimelineError(one_line(message)) from None
        if words and words[0]:
            return words
    return []


def _found(search_path: str | None) -> list[str]:
    for name in _DEFAULTS:
        if command := shutil.which(name, path=search_path):
            return [command]
    raise TimelineError(f"no editor was found: {_HELP}")


def _editor_in(words: Sequence[str]) -> _Editor | None:
    """The known editor that a command runs, directly or through another command."""
    if _name_of(words[0]) in _WRAPPERS:
        return next((found for word in words[1:] if (found := _known(word))), None)
    # On Debian, `editor` is a link to the one that was chosen.
    real = os.path.realpath(words[0]) if PurePath(words[0]).is_absolute() else ""
    return _known(words[0]) or _known(real)


def _known(word: str) -> _Editor | None:
    name = _name_of(word)
    # As in `vim.basic`, `vim.gtk3`, `code.cmd`.
    return _EDITORS.get(name) or _EDITORS.get(name.partition(".")[0])


def _name_of(word: str) -> str:
    return PurePath(word).name.lower()
