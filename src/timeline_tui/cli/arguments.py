"""What each command takes, in argparse's terms."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any, Final, NoReturn

from timeline_tui.cli.printing import print_text
from timeline_tui.errors import UsageError
from timeline_tui.pages.page import NARROWEST, WIDEST

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_DESCRIPTION = (
    "Read a contested story in the terminal: events, actors, quotes, claims and sources from one YAML file."
)
_EPILOG = """commands:
  timeline-tui [FILE]         open the timeline; without FILE, the one that comes with it
  timeline-tui list FILE      the same as plain text; --show claims, wordings, links, actors, sides, news
                              or sources prints these views of it
  timeline-tui export FILE    the same in another format: -o page.html, --to bibtex
  timeline-tui import IN      a file of another make as one of ours: -o mine.yaml
  timeline-tui add FILE       write a new event at its place; every other byte stays
  timeline-tui fmt FILE       put events in order and dates in canonical form, after showing what changes
  timeline-tui check FILE...  the problems of files
  timeline-tui new FILE       write a small timeline to start from
  timeline-tui schema         print the JSON Schema of the format
  timeline-tui serve FILE     the same program in a browser on this machine
  timeline-tui completion SH  the completion of a shell: bash, zsh or fish
  timeline-tui cache          what is kept of large files; --clear takes it away

each says its exit codes: timeline-tui list --help

dates are typed as people type them: `6 Nov 2024`, `Oct 2024`, `Q4 2024`, `last month`, `44 BC`"""

EXIT_CODES: Final[dict[str, dict[int, str]]] = {
    "": {0: "closed, or in a pipe listed", 1: "listed without what has errors"},
    "list": {0: "listed", 1: "listed without what has errors"},
    "export": {0: "written", 1: "written without what has errors"},
    "import": {0: "written, without the entries that are named as left out"},
    "add": {0: "written"},
    "fmt": {0: "written, or in order already", 1: "not written, as nobody agreed to it"},
    "check": {0: "no errors", 1: "errors; with --strict, warnings"},
    "new": {0: "written"},
    "schema": {0: "printed"},
    "serve": {0: "ended by Ctrl+C or SIGTERM"},
    "completion": {0: "printed"},
    "cache": {0: "printed, or taken away"},
}
"""What the exit codes of each command say, beside those that all have."""
EXIT_CODES_OF_ALL: Final = {
    2: "not done: a wrong command line, or a file that cannot be read or written",
    70: "a mistake of this program",
    130: "Ctrl+C",
}

EVENTS: Final = "events"
SHOWN: Final = (EVENTS, "claims", "wordings", "links", "actors", "sides", "news", "sources")
"""What a list may show."""


class _Parser(argparse.ArgumentParser):
    """A parser whose help and complaints are printed like everything else of the program.

    An option that takes a value takes the word behind it, unless that is an option too: `-0043-03-15` is
    a date, `-munitions` a query.
    """

    def parse_known_args(
        self,
        args: Any = None,  # noqa: ANN401  as argparse has it
        namespace: Any = None,  # noqa: ANN401  as argparse has it
    ) -> tuple[Any, list[str]]:
        """As argparse, which by itself takes every word with a dash in front for an option."""
        return super().parse_known_args(self._joined(sys.argv[1:] if args is None else args), namespace)

    def _joined(self, words: Sequence[str]) -> list[str]:
        """The words, with a value that begins with a dash joined to its option."""
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
        # argparse would not tell that nothing can be written; only help comes here.
        print_text(message)


def command_parser(command: str, description: str = _DESCRIPTION) -> argparse.ArgumentParser:
    """A parser for `timeline-tui COMMAND`; for the empty command, one that lists them all."""
    return _Parser(
        prog=f"timeline-tui {command}".strip(),
        description=description,
        epilog="\n\n".join(filter(None, ("" if command else _EPILOG, _exits(command)))),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def _exits(command: str) -> str:
    """The exit codes of a command, a line each; none for what only shells ask."""
    codes = EXIT_CODES.get(command)
    if codes is None:
        return ""
    lines = (f"  {code:<4} {means}" for code, means in (codes | EXIT_CODES_OF_ALL).items())
    return "\n".join(["exit codes:", *lines])


def parser_for(command: str) -> argparse.ArgumentParser:
    """The parser of a command, with all that it takes; of the empty one, that of the program without one."""
    does, take = _COMMANDS[command]
    parser = command_parser(command, does) if command else command_parser("")
    take(parser)
    return parser


def _take_screen(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="a timeline, of this or another make; `-` for standard input"
    )
    _take_view(parser)
    parser.add_argument("--goto", metavar="DATE", help="begin at a date: `nov 2024`, `2024-11-06`")
    parser.add_argument("--version", action="store_true", help="print the version and end")


def _take_list(parser: argparse.ArgumentParser) -> None:
    _take_file(parser)
    _take_view(parser)
    _take_account(parser)


def _take_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE", nargs="+")
    parser.add_argument("--strict", action="store_true", help="exit 1 for warnings as well")
    parser.add_argument("--format", choices=("text", "json", "github"), default="text")


def _take_export(parser: argparse.ArgumentParser) -> None:
    _take_file(parser)
    _take_view(parser)
    parser.add_argument("-o", "--output", metavar="FILE", help="where to; else it is printed")
    parser.add_argument("--to", metavar="FORMAT", help="the format, if the name of the output does not tell")
    parser.add_argument("--raw", action="store_true", help="csv: leave what a spreadsheet would run as it is")
    _take_force(parser)


def _take_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a file or a folder; `-` for standard input")
    parser.add_argument(
        "-o", "--output", metavar="FILE", required=True, help="where to: YAML, or JSON if its name ends so"
    )
    parser.add_argument(
        "--from", dest="format", metavar="FORMAT", help="the format, if the file does not tell"
    )
    _take_force(parser)


def _take_add(parser: argparse.ArgumentParser) -> None:
    from timeline_tui.editing.adding import questions

    _take_file(parser)
    for question in questions():
        told = question.prompt + (f": {question.hint}" if question.hint else "")
        parser.add_argument(f"--{question.name}", metavar="TEXT", default="", help=told)
    parser.add_argument("--id", metavar="ID", default="", help="else one is made from the title")
    parser.add_argument(
        "--new-actor",
        metavar="TEXT",
        action="append",
        default=[],
        help="an actor to be made as well: `Louis XVI: person`, or `louis = Louis XVI: person`",
    )
    parser.add_argument(
        "--new-source",
        metavar="TEXT",
        action="append",
        default=[],
        help="a source to be made as well: `Le Moniteur https://example.org`, or `moniteur = …`",
    )


def _take_fmt(parser: argparse.ArgumentParser) -> None:
    _take_file(parser)
    parser.add_argument("--write", action="store_true", help="write it without asking")


def _take_serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", metavar="FILE")
    parser.add_argument("--host", metavar="HOST", default="127.0.0.1", help="where to listen: this machine")
    parser.add_argument("--port", metavar="N", type=int, default=8000, help="0 for any that is free")


def _take_completion(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=("bash", "zsh", "fish"))


def _take_cache(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--clear", action="store_true", help="take it away; what is being built stays")


def _take_nothing(_parser: argparse.ArgumentParser) -> None:
    pass


def _take_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE")


def _take_force(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--force", action="store_true", help="write over a file that is there")


def _take_view(parser: argparse.ArgumentParser) -> None:
    """Let a command take what is to be shown of a timeline: `--filter`, `--known-on`, `--days-from`."""
    parser.add_argument(
        "--filter", metavar="QUERY", default="", help="show what matches: `actor:lavrov kind:vote`"
    )
    parser.add_argument(
        "--known-on", metavar="DATE", help="show the story as it was known by the end of that date"
    )
    parser.add_argument(
        "--days-from",
        metavar="DATE",
        help="count dates from a day: T-8, T+5; a date, or the id of an event",
    )


def _take_account(parser: argparse.ArgumentParser) -> None:
    """Let a command take which view of a timeline it prints: `--show`, `--topic`, `--sides`, `--width`."""
    parser.add_argument(
        "--show", choices=SHOWN, default=EVENTS, metavar="WHAT", help=f"one of: {', '.join(SHOWN)}"
    )
    parser.add_argument("--topic", metavar="ID", help="of the claims, only those on this topic")
    parser.add_argument(
        "--sides",
        metavar='"QUERY | QUERY"',
        help="the two sides; else the two actors, or languages, with most events",
    )
    parser.add_argument(
        "--width",
        metavar="N",
        type=_width,
        help="cells of a line; else the terminal's, or 100, and for events as many as one takes",
    )


def _width(text: str) -> int:
    """A width in cells.

    Raises:
        argparse.ArgumentTypeError: It is no number, or one that nothing can be laid out for.
    """
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
    if not NARROWEST <= number <= WIDEST:
        raise argparse.ArgumentTypeError(f"a width is a number from {NARROWEST} to {WIDEST}")
    return number


_COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "": (_DESCRIPTION, _take_screen),
    "list": ("Print a timeline as plain text, a line an event, or another view of it.", _take_list),
    "export": ("Write what is shown of a timeline in another format.", _take_export),
    "import": ("Write a file of another make as one of this format, its guesses as comments.", _take_import),
    "add": ("Write a new event at its place by date, and change nothing else.", _take_add),
    "fmt": ("Put events in order and dates in canonical form; what changes is shown first.", _take_fmt),
    "check": ("Print the problems of timelines.", _take_check),
    "new": ("Write a small timeline to start from.", _take_file),
    "schema": ("Print the JSON Schema of the format.", _take_nothing),
    "serve": ("Show a timeline in a browser, on this machine alone unless told otherwise.", _take_serve),
    "completion": ("Print the completion of a shell.", _take_completion),
    "cache": ("Print what is kept of large timelines, so that they open at once.", _take_cache),
}
"""What each command does and takes."""
