"""What each command takes, in argparse's terms."""

from __future__ import annotations

import argparse
from typing import NoReturn

from timeline_tui.problems import UsageError

_DESCRIPTION = (
    "Read a contested story in the terminal: events, actors, quotes, claims and sources from one YAML file."
)
_EPILOG = """commands:
  timeline-tui [FILE]         open the timeline; without FILE, the one that comes with it
  timeline-tui list FILE      the same as plain text
  timeline-tui check FILE...  the problems of files; exit 0 none or warnings, 1 errors, 2 cannot read
  timeline-tui new FILE       write a small timeline to start from
  timeline-tui schema         print the JSON Schema of the format
  timeline-tui cache          what is kept of large files; --clear takes it away"""


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


def add_filter(parser: argparse.ArgumentParser) -> None:
    """Let a command take `--filter QUERY`."""
    parser.add_argument(
        "--filter", metavar="QUERY", default="", help="show what matches: `actor:lavrov kind:vote`"
    )
