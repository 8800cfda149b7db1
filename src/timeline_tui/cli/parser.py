"""The table of commands as parsers of argparse, and the help that they print."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any, NoReturn

from timeline_tui.cli.printing import print_text
from timeline_tui.cli.table import COMMANDS, EXIT_CODES_OF_ALL, synopsis
from timeline_tui.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline_tui.cli.table import Argument

_DESCRIPTION = (
    "Read a contested story in the terminal: events, actors, quotes, claims and sources from one YAML file."
)
_MORE = """`timeline-tui COMMAND --help` shows the options and exit codes of a command.

Dates can be typed in many ways: `6 Nov 2024`, `Oct 2024`, `Q4 2024`, `last month`, `44 BC`"""


class _Parser(argparse.ArgumentParser):
    """A parser that prints its help, and reports its errors, like the rest of the program.

    An option that takes a value takes the next word, unless that word is an option too: `-0043-03-15` is
    a date, `-munitions` a query.
    """

    def parse_known_args(
        self,
        args: Any = None,  # noqa: ANN401  as argparse has it
        namespace: Any = None,  # noqa: ANN401  as argparse has it
    ) -> tuple[Any, list[str]]:
        """Parse as argparse does, but do not take every word with a leading dash for an option."""
        return super().parse_known_args(self._joined(sys.argv[1:] if args is None else args), namespace)

    def _joined(self, words: Sequence[str]) -> list[str]:
        """The words, with each value that begins with a dash joined to its option."""
        options = {name: action for action in self._actions for name in action.option_strings}
        joined: list[str] = []
        left = iter(words)
        for word in left:
            joined.append(word)
            if word == "--":
                break
            action = options.get(word)
            if action is None or action.nargs == 0:
                continue
            value = next(left, None)
            if value is None:
                continue
            if len(value) > 1 and value[0] == "-" != value[1] and value[:2] not in options:
                joined[-1] = f"{word}={value}" if word.startswith("--") else word + value
            else:
                joined.append(value)
        return [*joined, *left]

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see {self.prog} --help")

    def _print_message(self, message: str, file: object = None) -> None:  # noqa: ARG002  argparse's own
        # Only help gets here. argparse itself would hide that it cannot be written.
        print_text(message)


def parser_for(command: str) -> argparse.ArgumentParser:
    """The parser of a command; of the empty name, that of the program without a command."""
    parser = _Parser(
        prog=f"timeline-tui {command}".strip(),
        description=_sentence(COMMANDS[command].summary) if command else _DESCRIPTION,
        epilog="\n\n".join(
            filter(None, ("" if command else _list_of_commands(), _example(command), _exits(command)))
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    for argument in COMMANDS[command].arguments():
        parser.add_argument(*argument.names, **_settings(argument))
    return parser


def _settings(argument: Argument) -> dict[str, Any]:
    """An argument in the terms of argparse."""
    settings: dict[str, Any] = {"help": argument.help}
    if argument.is_flag:
        return settings | {"action": "store_true"}
    optional = {
        "metavar": argument.metavar,
        "choices": argument.choices,
        "nargs": argument.values,
        "type": argument.convert,
        "dest": argument.attribute,
        "required": argument.required and not argument.unless,
    }
    settings |= {name: value for name, value in optional.items() if value}
    if argument.repeated:
        return settings | {"action": "append", "default": []}
    return settings | {"default": argument.default}


def _sentence(summary: str) -> str:
    return f"{summary[:1].upper()}{summary[1:]}."


def _list_of_commands() -> str:
    """Each command with what it does, in two columns."""
    usages = {f"timeline-tui {synopsis(name)}": command.summary for name, command in COMMANDS.items()}
    width = max(map(len, usages))
    return "\n".join(
        ["commands:", *(f"  {usage:<{width}}  {text}" for usage, text in usages.items()), "", _MORE]
    )


def _example(command: str) -> str:
    return f"example:\n  {COMMANDS[command].example}"


def _exits(command: str) -> str:
    """The exit codes of a command, one in a line."""
    codes = COMMANDS[command].exits | EXIT_CODES_OF_ALL
    return "\n".join(["exit codes:", *(f"  {code:<4} {meaning}" for code, meaning in codes.items())])
