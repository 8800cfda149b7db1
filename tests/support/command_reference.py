"""The documents that are made of the table of commands: a part of docs/commands.md, and the man page.

`python -m tests.support.command_reference` writes them.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from timeline_tui.cli.table import COMMANDS, EXIT_CODES_OF_ALL, Command, synopsis

if TYPE_CHECKING:
    from timeline_tui.cli.table import Argument

DOCS = Path(__file__).parents[2] / "docs"
FILE = DOCS / "commands.md"
MAN_PAGE = DOCS / "timeline-tui.1"
HEADING = "## All commands\n"


def reference() -> str:
    """All commands with their options and exit codes, in Markdown."""
    common = "; ".join(f"`{code}` {meaning}" for code, meaning in EXIT_CODES_OF_ALL.items())
    sections = [f"\nExit codes of every command: {common}.\n"]
    sections += [_section(name, command) for name, command in COMMANDS.items()]
    return HEADING + "".join(sections)


def updated(text: str) -> str:
    """docs/commands.md with the present reference; `text` is the whole file."""
    return text[: text.index(HEADING)] + reference()


def man_page() -> str:
    """The man page, in the macros of man(7)."""
    lines = [
        '.TH TIMELINE-TUI 1 "" timeline-tui "User commands"',
        ".SH NAME",
        r"timeline-tui \- read a contested story in the terminal",
        ".SH SYNOPSIS",
    ]
    for name in COMMANDS:
        lines += [".br", f".B timeline-tui {_roff(synopsis(name))}".rstrip()]
    lines += [".SH DESCRIPTION", "A timeline is a YAML file of events, actors, quotes, claims and sources."]
    lines += ["Press ? in the program for its signs and keys."]
    for name, command in COMMANDS.items():
        lines += [f'.SH "{_roff(f"timeline-tui {synopsis(name)}".upper())}"', _roff(_sentence(command))]
        for argument in command.arguments():
            lines += [".TP", f".B {_roff(_names(argument))}", _roff(argument.help)]
        lines += [".PP", "Example:", ".PP", ".nf", _roff(f"    {command.example}"), ".fi"]
    lines.append(".SH EXIT STATUS")
    for code, meaning in EXIT_CODES_OF_ALL.items():
        lines += [".TP", f".B {code}", _roff(meaning)]
    return "\n".join(lines) + "\n"


def _section(name: str, command: Command) -> str:
    rows = [f"| {_shown(argument)} | {_escaped(argument.help)} |\n" for argument in command.arguments()]
    options = ["| argument | meaning |\n|---|---|\n", *rows, "\n"] if rows else []
    exits = "; ".join(f"`{code}` {meaning}" for code, meaning in command.exits.items())
    usage, example = f"timeline-tui {synopsis(name)}", f"    {command.example}\n\n"
    head = f"\n### `{usage}`\n\n{_sentence(command)}\n\n{example}"
    return f"{head}{''.join(options)}Exit codes: {exits}.\n"


def _sentence(command: Command) -> str:
    return f"{command.summary[0].upper()}{command.summary[1:]}."


def _names(argument: Argument) -> str:
    value = argument.metavar or "|".join(argument.choices)
    return ", ".join(f"{name} {value}".strip() for name in argument.names) if argument.is_option else value


def _shown(argument: Argument) -> str:
    value = argument.metavar or "|".join(argument.choices)
    if not argument.is_option:
        return f"`{_escaped(value)}`"
    return ", ".join(f"`{_escaped(f'{name} {value}'.strip())}`" for name in argument.names)


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


def _roff(text: str) -> str:
    """Text that troff prints as it is: no escapes, no hyphens for minus signs, no requests."""
    text = text.replace("\\", r"\e").replace("-", r"\-").replace("`", "'").replace('"', r"\(dq")
    return re.sub(r"(?m)^([.'])", r"\\&\1", text)


def write() -> None:
    """Write both documents."""
    FILE.write_text(updated(FILE.read_text(encoding="utf-8")), encoding="utf-8")
    MAN_PAGE.write_text(man_page(), encoding="utf-8")


if __name__ == "__main__":
    write()
