"""The table of commands: parser, help, shell completion and the documents are all made of it.

It loads nothing, so that opening a timeline does not wait for argparse.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from timeline_tui.errors import UsageError
from timeline_tui.pages.page import NARROWEST, WIDEST

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DONE, FAULTY, FAILED, CANCELLED = 0, 1, 2, 130
"""Exit codes: done; done without what has errors; not done; cancelled by Ctrl+C."""

EXIT_CODES_OF_ALL: Final = {
    FAILED: "not done: the command line is wrong, or a file cannot be read or written",
    70: "an error in this program itself",
    CANCELLED: "cancelled with Ctrl+C",
}
"""What exit codes mean for every command."""

EVENTS: Final = "events"
SHOWN: Final = (EVENTS, "claims", "wordings", "links", "actors", "sides", "news", "sources")
"""What `list --show` can print."""

PICTURES: Final[Mapping[str, tuple[str, ...]]] = {
    "lanes": ("actor", "kind", "place", "tag", "status", "publisher", "language", "file"),
    "clocks": ("events", "claims", "quotes", "changes", "event-delays", "claim-delays", "quote-delays"),
    "map": (),
    "who": ("together", "to", "about", "against", "sources"),
    "calendar": ("years", "months", "days", "week"),
}
"""What `list --picture` can print, and what each picture can be by."""


THEMES: Final = (
    "paper",
    "night",
    "high-contrast-light",
    "high-contrast-dark",
    "colour-blind-light",
    "colour-blind-dark",
)
"""The colours that a drawing can have, the usual ones first."""


EXAMPLES: Final = ("docket", "history", "incident")
"""The timelines that come with the program besides the bundled one."""


def _by(picture: str) -> str:
    return f"{picture}: {', '.join(PICTURES[picture])}"


COMPLETE_LINE: Final = "complete-line"
"""The command that shell scripts call for completion. People do not type it, so it is not in `COMMANDS`."""


class Argument(NamedTuple):
    """An option or a positional argument of a command."""

    names: tuple[str, ...]
    """`-o` and `--output` for an option, one name without dashes for a positional argument."""
    metavar: str = ""
    """How help names its value; empty for a flag, or if there are choices."""
    help: str = ""
    values: Literal["", "?", "+"] = ""
    """How many values a positional argument takes: one, at most one, at least one."""
    choices: tuple[str, ...] = ()
    default: str | int | None = None
    convert: Callable[[str], object] | None = None
    """Makes a value of the text; raises `ValueError` or `UsageError`."""
    required: bool = False
    unless: str = ""
    """The flag with which a required option is not needed."""
    repeated: bool = False
    """Whether an option can be given more than once; its value is a list then."""
    attribute: str = ""
    """The attribute that gets the value, if not the last of `names`."""

    @property
    def is_option(self) -> bool:
        """Whether it begins with a dash."""
        return self.names[0].startswith("-")

    @property
    def is_flag(self) -> bool:
        """Whether it is an option without a value."""
        return self.is_option and not self.metavar and not self.choices


class Command(NamedTuple):
    """A command of the program."""

    summary: str
    """One sentence, without a full stop."""
    arguments: Callable[[], tuple[Argument, ...]]
    exits: dict[int, str]
    """What its exit codes mean, besides `EXIT_CODES_OF_ALL`."""
    function: str
    """`module:function` in this package. The function takes the parsed options and returns the exit code."""
    example: str
    """A whole command line that does something useful."""


def synopsis(name: str) -> str:
    """A command with the arguments that it needs, as in `import FILE -o FILE`."""
    words = [name] if name else []
    for argument in COMMANDS[name].arguments():
        value = argument.metavar or "|".join(argument.choices)
        if argument.is_option:
            words += [argument.names[0], value] if argument.required else []
        else:
            words.append({"": value, "?": f"[{value}]", "+": f"{value}..."}[argument.values])
    return " ".join(words)


def _open() -> tuple[Argument, ...]:
    return (
        _optional_file("a timeline of this or another format; `-` for standard input"),
        *_view(),
        *_order(),
        *_tables(),
        Argument(("--example",), help="open another timeline that comes with the program", choices=EXAMPLES),
        Argument(
            ("--over",),
            "TABLE",
            "show a table behind the timeline; `:rows` lists its rows, `--map` says what its columns are",
        ),
        Argument(("--goto",), "DATE", "start at a date: `nov 2024`, `2024-11-06`"),
        Argument(("--version",), help="print the version and exit"),
    )


def _list() -> tuple[Argument, ...]:
    return (
        _file(),
        *_view(),
        *_order(),
        *_tables(),
        Argument(
            ("--show",),
            "WHAT",
            f"what to print, one of: {', '.join(SHOWN)}",
            choices=SHOWN,
            default=EVENTS,
        ),
        Argument(
            ("--picture",),
            "WHAT",
            "print a picture instead, one of: lanes (actors or other things along an axis of time),"
            " clocks (when it happened, and when it became known), map (places), who (a matrix of actors),"
            " calendar",
            choices=tuple(PICTURES),
        ),
        Argument(
            ("--by",),
            "FIELD",
            f"with --picture: what it is by; {'; '.join(map(_by, filter(PICTURES.get, PICTURES)))}",
            choices=tuple(chain.from_iterable(PICTURES.values())),
        ),
        Argument(("--topic",), "ID", "with --show claims: only the claims on this topic"),
        Argument(
            ("--sides",),
            '"QUERY | QUERY"',
            "with --show sides: the two sides; default: the two actors or languages with the most events",
        ),
        Argument(
            ("--width",),
            "N",
            "cells in a line; default: the width of the terminal, or 100; events are not wrapped by default",
            convert=_width,
        ),
    )


def _present() -> tuple[Argument, ...]:
    return (
        _file(),
        Argument(("story",), "STORY", "the id of a story of the file; default: the first one", values="?"),
        *_view(),
    )


def _check() -> tuple[Argument, ...]:
    return (
        Argument(("files",), "FILE", "one or more timelines", values="+"),
        _map(),
        Argument(("--strict",), help="exit with 1 for warnings too"),
        Argument(
            ("--format",),
            help="how to print problems",
            choices=("text", "json", "github"),
            default="text",
        ),
    )


def _export() -> tuple[Argument, ...]:
    return (
        _file(),
        *_view(),
        *_tables(),
        Argument(("-o", "--output"), "FILE", "the file to write; default: standard output"),
        Argument(("--to",), "FORMAT", "the format, if the name of the output does not show it"),
        Argument(
            ("--notes",), help="with your marks and notes, told as the reader's; formats without room say so"
        ),
        Argument(
            ("--picture",),
            "WHAT",
            f"what is drawn where the format is a drawing or a film, one of: list, {', '.join(PICTURES)}",
            choices=("list", *PICTURES),
        ),
        Argument(
            ("--by",),
            "FIELD",
            "with --picture: what it is by, as for list",
            choices=tuple(chain.from_iterable(PICTURES.values())),
        ),
        Argument(
            ("--page",),
            "WHAT",
            f"draw a page instead of a picture, one of: {', '.join(SHOWN[1:])}",
            choices=SHOWN[1:],
        ),
        Argument(("--topic",), "ID", "with --page claims: only the claims on this topic"),
        Argument(("--sides",), '"QUERY | QUERY"', "with --page sides: the two sides"),
        Argument(
            ("--size",),
            "COLSxROWS",
            "the size of a drawing or a film in cells and lines, as 100x30",
            convert=_size,
        ),
        Argument(
            ("--theme",),
            "NAME",
            f"the colours of a drawing, one of: {', '.join(THEMES)}",
            choices=THEMES,
        ),
        Argument(("--pictures",), help="Markdown only: with pictures, as SVG files beside the output"),
        Argument(("--raw",), help="CSV only: do not escape values that a spreadsheet would run as formulas"),
        _force(),
    )


def _import() -> tuple[Argument, ...]:
    return (
        _file("a file or a folder; `-` for standard input"),
        Argument(
            ("-o", "--output"),
            "FILE",
            "the file to write: JSON if it ends in .json, else YAML",
            required=True,
            unless="--explain",
        ),
        Argument(
            ("--explain",),
            help="write nothing; print what each column is taken for, why, and what else it could be",
        ),
        _map(),
        Argument(("--from",), "FORMAT", "the format, if it cannot be recognised", attribute="format"),
        _force(),
    )


def _add() -> tuple[Argument, ...]:
    from timeline_tui.editing.questions import questions

    fields = (
        Argument(
            (question.option,),
            "" if question.choices else "TEXT",
            question.prompt + (f": {question.hint}" if question.hint else ""),
            default="",
            choices=question.choices,
            attribute=question.name,
        )
        for question in questions()
    )
    return (
        _file("the timeline to change"),
        *fields,
        Argument(("--id",), "ID", "the id; default: made from the title", default=""),
        Argument(
            ("--new-actor",),
            "TEXT",
            "also add an actor: `Louis XVI: person`, `Louis XVI / Louis: person` with a short name, or with "
            "an id: `louis = Louis XVI: person`",
            repeated=True,
        ),
        Argument(
            ("--new-source",),
            "TEXT",
            "also add a source: `Le Moniteur https://example.org`, or with an id: `moniteur = …`",
            repeated=True,
        ),
    )


def _fmt() -> tuple[Argument, ...]:
    return _file("the timeline to change"), Argument(("--write",), help="write the changes without asking")


def _new() -> tuple[Argument, ...]:
    return (
        _file("the file to create"),
        Argument(("--title",), "TEXT", "the title; default: made from the name of the file", default=""),
        Argument(
            ("--actors",),
            "NAMES",
            "its first actors, with kinds if you like: `Louis XVI: person, crowd`",
            default="",
        ),
        Argument(("--example",), help="a small example instead, to look at and to change"),
    )


def _nothing() -> tuple[Argument, ...]:
    return ()


def _serve() -> tuple[Argument, ...]:
    return (
        _optional_file("a timeline; default: the bundled one"),
        Argument(
            ("--host",), "HOST", "the address to listen at; default: this machine only", default="127.0.0.1"
        ),
        Argument(("--port",), "N", "the port; 0 for any free one; default: 8000", default=8000, convert=int),
    )


def _completion() -> tuple[Argument, ...]:
    return (Argument(("shell",), help="the shell", choices=("bash", "zsh", "fish")),)


def _cache() -> tuple[Argument, ...]:
    return (Argument(("--clear",), help="delete them, except for those being built"),)


def _file(text: str = "a timeline; `-` for standard input") -> Argument:
    return Argument(("file",), "FILE", text)


def _optional_file(text: str) -> Argument:
    return Argument(("file",), "FILE", text, values="?")


def _map() -> Argument:
    return Argument(
        ("--map",),
        "WHAT=COLUMN",
        "take a column of others' data for something: `date=occurred_at`, `title={kind}: {place}`;"
        " remembered for files with the same columns; can be given more than once",
        repeated=True,
    )


def _force() -> Argument:
    return Argument(("--force",), help="overwrite an existing file")


def _view() -> tuple[Argument, ...]:
    """What part of a timeline is shown, and as of when."""
    return (
        Argument(
            ("--filter",), "QUERY", "show only the events that match: `actor:lavrov kind:vote`", default=""
        ),
        Argument(("--known-on",), "DATE", "show the story as it was known at the end of this date"),
        Argument(
            ("--without",),
            "ID",
            "take a source away, and all that rests on it alone falls; can be given more than once",
            repeated=True,
        ),
        _map(),
        Argument(
            ("--days-from",), "DATE", "count dates from a day (T-8, T+5): a date, or the id of an event"
        ),
    )


def _tables() -> tuple[Argument, ...]:
    """How a table is read."""
    return (
        Argument(
            ("--engine",),
            help="read the file where it lies with this engine, without an index",
            choices=("duckdb", "sqlite", "postgresql", "clickhouse"),
        ),
    )


def _order() -> tuple[Argument, ...]:
    """How the events that are shown are listed."""
    return (
        Argument(("--sort",), help="which event comes first", choices=("oldest", "newest")),
        Argument(
            ("--zone",), "NAME", "show times of day in this time zone, like `Europe/Kyiv`; dates may shift"
        ),
    )


def _width(text: str) -> int:
    """A width in cells.

    Raises:
        UsageError: It is not a number, or nothing can be laid out in that width.
    """
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
    if not NARROWEST <= number <= WIDEST:
        raise UsageError(f"--width: a width is a number from {NARROWEST} to {WIDEST}")
    return number


def _size(text: str) -> tuple[int, int]:
    """A size in cells and lines: `100x30`.

    Raises:
        UsageError: It is not one, or nothing can be drawn in it.
    """
    columns, _, rows = text.lower().partition("x")
    if not (columns.isascii() and columns.isdecimal() and rows.isascii() and rows.isdecimal()):
        raise UsageError("--size: a size is columns and rows with an x between: 100x30")
    size = int(columns[:6]), int(rows[:6])
    if not (_LEAST_SIZE[0] <= size[0] <= _MOST_SIZE and _LEAST_SIZE[1] <= size[1] <= _MOST_SIZE):
        least = "x".join(map(str, _LEAST_SIZE))
        raise UsageError(f"--size: a size is from {least} to {_MOST_SIZE}x{_MOST_SIZE}")
    return size


_LEAST_SIZE, _MOST_SIZE = (20, 5), 1000
"""Of a drawing, in cells and lines."""

COMMANDS: Final = {
    "": Command(
        "open a timeline; without FILE, the bundled one",
        _open,
        {0: "closed; in a pipe: listed", 1: "listed without the entries that have errors"},
        "show:open_or_list",
        'timeline-tui --known-on "3 nov 2024" --goto "24 oct 2024"',
    ),
    "list": Command(
        "print the events, or with --show claims, wordings, links and more",
        _list,
        {0: "listed", 1: "listed without the entries that have errors"},
        "show:list_events",
        'timeline-tui list story.yaml --filter "actor:lavrov kind:vote" --known-on 2024-11-03',
    ),
    "present": Command(
        "present a story of the file, else its events, a step a screen; in a pipe, print the steps",
        _present,
        {0: "closed; in a pipe: printed", 1: "printed without the entries that have errors"},
        "show:present_story",
        "timeline-tui present story.yaml pledge",
    ),
    "export": Command(
        "write the timeline in another format",
        _export,
        {0: "written", 1: "written without the entries that have errors"},
        "convert:export",
        "timeline-tui export story.yaml --known-on 2024-11-03 -o story.html",
    ),
    "import": Command(
        "convert a file of another format to YAML; guesses become comments",
        _import,
        {0: "written; entries that could not be read are named and left out"},
        "convert:import_file",
        "timeline-tui import theirs.csv -o story.yaml",
    ),
    "new": Command(
        "create a timeline to add events to",
        _new,
        {0: "written"},
        "edit:new",
        'timeline-tui new story.yaml --title "An unfinished bridge"',
    ),
    "add": Command(
        "add an event in its place by date; nothing else changes",
        _add,
        {0: "written"},
        "edit:add",
        'timeline-tui add story.yaml --date "4 march 2024" --title "The council promises a bridge"',
    ),
    "fmt": Command(
        "sort events and normalise dates, after showing the changes",
        _fmt,
        {0: "written, or already formatted", 1: "not written: nobody agreed to it"},
        "edit:fmt",
        "timeline-tui fmt story.yaml --write",
    ),
    "check": Command(
        "print the problems of timelines",
        _check,
        {0: "no errors", 1: "errors; with --strict, also warnings"},
        "check:check",
        "timeline-tui check --strict --format github story.yaml",
    ),
    "schema": Command(
        "print the JSON Schema of the format",
        _nothing,
        {0: "printed"},
        "check:schema",
        "timeline-tui schema > timeline.schema.json",
    ),
    "serve": Command(
        "show the timeline in a browser",
        _serve,
        {0: "ended with Ctrl+C or SIGTERM"},
        "show:serve",
        "timeline-tui serve story.yaml --port 8080",
    ),
    "completion": Command(
        "print the completion script for a shell",
        _completion,
        {0: "printed"},
        "completion:print_script",
        "timeline-tui completion bash >> ~/.bashrc",
    ),
    "config": Command(
        "print the settings with comments, and what is wrong with them",
        _nothing,
        {0: "printed", 1: "printed, but the file has mistakes"},
        "config:config",
        "timeline-tui config",
    ),
    "cache": Command(
        "list the cached indexes of large files; --clear deletes them",
        _cache,
        {0: "printed, or deleted"},
        "cache:cache",
        "timeline-tui cache --clear",
    ),
}
"""By name; the empty name is the program without a command."""
