"""What each command takes, in argparse's terms."""

from __future__ import annotations

import argparse
from typing import Final, NoReturn

from timeline_tui.problems import UsageError

_DESCRIPTION = (
    "Read a contested story in the terminal: events, actors, quotes, claims and sources from one YAML file."
)
_EPILOG = """commands:
  timeline-tui [FILE]         open the timeline; without FILE, the one that comes with it
  timeline-tui list FILE      the same as plain text; --show claims, wordings, links, actors, sides, news
                              or sources prints these views of it
  timeline-tui check FILE...  the problems of files; exit 0 none or warnings, 1 errors, 2 cannot read
  timeline-tui new FILE       write a small timeline to start from
  timeline-tui schema         print the JSON Schema of the format
  timeline-tui cache          what is kept of large files; --clear takes it away

dates are typed as people type them: `6 Nov 2024`, `Oct 2024`, `Q4 2024`, `last month`, `44 BC`"""

EVENTS: Final = "events"
SHOWN: Final = (EVENTS, "claims", "wordings", "links", "actors", "sides", "news", "sources")
"""What a list may show."""
NARROWEST: Final = 30
WIDEST: Final = 1_000
"""Cells of a line: fewer are not enough to read, and nobody reads more."""


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line, like every other of the program."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see {self.prog} --help")


def command_parser(command: str, description: str = _DESCRIPTION) -> argparse.ArgumentParser:
    """A parser for `timeline-tui COMMAND`; for the empty command, one that lists them all."""
    return _Parser(
        prog=f"timeline-tui {command}".strip(),
        description=description,
        epilog="" if command else _EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def add_view(parser: argparse.ArgumentParser) -> None:
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


def add_account(parser: argparse.ArgumentParser) -> None:
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
        help="cells of a line, but for events; else the terminal's, or 100",
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
