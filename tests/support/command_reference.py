"""The part of docs/commands.md that is made of the table of commands.

`python -m tests.support.command_reference` writes it there.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from timeline_tui.cli.table import COMMANDS, EXIT_CODES_OF_ALL, Command, synopsis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.cli.table import Argument

FILE = Path(__file__).parents[2] / "docs" / "commands.md"
HEADING = "## All commands\n"


def summaries() -> Iterator[str]:
    """The rows of a table with every command and what it does."""
    for name, command in COMMANDS.items():
        yield f"| `timeline-tui {synopsis(name)}` | {command.summary} |".replace("bash|zsh|fish", "SHELL")


def reference() -> str:
    """All commands with their options and exit codes, in Markdown."""
    common = "; ".join(f"`{code}` {meaning}" for code, meaning in EXIT_CODES_OF_ALL.items())
    sections = [f"\nExit codes of every command: {common}.\n"]
    sections += [_section(name, command) for name, command in COMMANDS.items()]
    return HEADING + "".join(sections)


def updated(text: str) -> str:
    """docs/commands.md with the present reference; `text` is the whole file."""
    return text[: text.index(HEADING)] + reference()


def _section(name: str, command: Command) -> str:
    rows = [f"| {_shown(argument)} | {_escaped(argument.help)} |\n" for argument in command.arguments()]
    options = ["| argument | meaning |\n|---|---|\n", *rows, "\n"] if rows else []
    exits = "; ".join(f"`{code}` {meaning}" for code, meaning in command.exits.items())
    summary = f"{command.summary[0].upper()}{command.summary[1:]}."
    usage = f"timeline-tui {synopsis(name)}"
    return f"\n### `{usage}`\n\n{summary}\n\n{''.join(options)}Exit codes: {exits}.\n"


def _shown(argument: Argument) -> str:
    value = argument.metavar or "|".join(argument.choices)
    if not argument.is_option:
        return f"`{_escaped(value)}`"
    return ", ".join(f"`{_escaped(f'{name} {value}'.strip())}`" for name in argument.names)


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    FILE.write_text(updated(FILE.read_text(encoding="utf-8")), encoding="utf-8")
