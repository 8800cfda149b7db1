"""The commands that write files or serve them; each imports what it needs."""

from __future__ import annotations

import shlex
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from timeline_tui.cli import main as cli
from timeline_tui.cli.arguments import parser_for
from timeline_tui.cli.printing import complain, print_file, print_lines
from timeline_tui.errors import TimelineError, UsageError
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Mapping, Sequence

    from timeline_tui.editing.adding import Known, Made
    from timeline_tui.editing.atomic_write import Rewritten
    from timeline_tui.exchange.imported import Imported
    from timeline_tui.query.vocabulary import Vocabulary

_BROKEN_OFF = 130
"""The exit code of what the user ended, as shells have it."""
_UNCHANGED = "nothing has to be changed"


def _export(words: Sequence[str]) -> int:
    options = parser_for("export").parse_args(words)
    from timeline_tui.exchange import registry as formats
    from timeline_tui.exchange.csv import write as write_csv

    name = formats.named(options.to, options.output or "")
    version = _version(options)
    opened = cli.opened_file(options.file)
    view = cli.view_of(opened, cli.asked_for(options))
    is_raw = options.raw and name == "csv"
    exported = write_csv(view, raw=True) if is_raw else formats.write(view, name)
    if opened.notice:
        complain(f"timeline-tui: {opened.notice}")
    _put(exported.text, options, version)
    for note in exported.notes:
        complain(f"timeline-tui: {note}")
    _tell_lost(exported.lost, "left out, as the format has no place for it")
    cli.tell_left_out(opened, errors=True)
    if not view.count:
        complain(f"timeline-tui: no event is in it: {view.sentence}")
    return cli.FAULTY if opened.errors else cli.FINE


def _import(words: Sequence[str]) -> int:
    options = parser_for("import").parse_args(words)
    from timeline_tui.exchange import registry as formats
    from timeline_tui.exchange.native.yaml import written
    from timeline_tui.reading.open_file import read_bytes

    path = Path(options.file)
    version = _version(options)
    if path.is_dir():
        imported = formats.read_folder(path)
    else:
        imported = formats.read(bytes(read_bytes(path)), path.name, options.format)
    text, _ = written(imported)
    if Path(options.output).suffix.lower() == ".json":
        text = _as_json(text)
    _put(text, options, version)
    for said in imported.guesses:
        complain(f"timeline-tui: guessed: {said}")
    _tell_left_out(imported, options.file)
    _tell_lost(imported.lost, "left out, as this format has no place for it")
    print_lines([f"{len(imported.events):,} events are in {one_line(options.output)}"])
    return cli.FINE


def _as_json(text: str) -> str:
    """A file of the format as JSON of the same structure."""
    from timeline_tui.exchange.native.json import write
    from timeline_tui.index.index import Index
    from timeline_tui.model.records import Header
    from timeline_tui.reading.reader import read_text
    from timeline_tui.timeline.view import View

    reading = read_text(bytearray(text, "utf-8"), "")
    return write(View(Index.build(reading.header or Header(title=""), reading.events))).text


def _tell_left_out(imported: Imported, name: str) -> None:
    for left in imported.left_out[: cli.SHOWN_PROBLEMS]:
        place = f":{left.line}" if left.line else ""
        complain(f"{name}{place}: left out: {left.reason}")
    if imported.left_out:
        complain(f"timeline-tui: {len(imported.left_out):,} left out in all")


def _tell_lost(lost: Mapping[str, int], why: str) -> None:
    if told := ", ".join(f"{count:,} {words}" for words, count in lost.items() if count):
        complain(f"timeline-tui: {why}: {told}")


def _version(options: Namespace) -> str | None:
    """What the file that is to be written over is known by; None where there is to be none."""
    if not (options.output and options.force):
        return None
    from timeline_tui.editing.atomic_write import version_of

    return version_of(Path(options.output))


def _put(text: str, options: Namespace, version: str | None) -> None:
    """Write a text where it is wanted, whole or not at all; without a place, print it as it is.

    Args:
        text: It.
        options: With `output` and `force`.
        version: Of `_version()`, before anything was read.
    """
    if options.output:
        from timeline_tui.editing.atomic_write import write_whole

        data = text.encode("utf-8", "backslashreplace")
        write_whole(Path(options.output), data, replace=options.force, version=version)
    else:
        print_file(text)


def _add(words: Sequence[str]) -> int:
    options = parser_for("add").parse_args(words)
    from timeline_tui.editing.adding import Made, check_can_take, known_in, questions
    from timeline_tui.editing.interview import new_actor, new_source
    from timeline_tui.editing.naming import with_ids
    from timeline_tui.reading.open_file import read_bytes

    path = Path(options.file)
    data = bytes(read_bytes(path))
    known, made = known_in(data, options.file), Made({}, {})
    for text in options.new_actor:
        new_actor(text, known, made)
    for text in options.new_source:
        new_source(text, known, made)
    answers = {question.name: getattr(options, question.name) for question in questions()}
    there = known.with_made(made)
    answers["actors"] = with_ids(answers["actors"], there.actors)
    answers["sources"] = with_ids(answers["sources"], there.sources)
    answers["id"] = options.id
    if not answers["title"] and sys.stdin is not None and sys.stdin.isatty():
        check_can_take(data, options.file)
        return _add_asked(path, known, answers, made)
    return _add_answered(path, answers, made)


def _add_answered(path: Path, answers: Mapping[str, str], made: Made) -> int:
    """Write the event that answers make."""
    from timeline_tui.dates.date import today
    from timeline_tui.editing.adding import NewEvent, NoSuchRecord, added
    from timeline_tui.editing.atomic_write import rewrite

    new: list[NewEvent] = []

    def change(data: bytes) -> bytes:
        result, event = added(data, answers, made, today=today(), name=str(path))
        new[:] = [event]
        return result

    try:
        rewrite(path, change)
    except NoSuchRecord as error:
        example = f"{error.name}: person" if error.kind == "actor" else error.name
        told = f"to make it with the event, add --new-{error.kind} {shlex.quote(example)}"
        raise UsageError(one_line(f"{error}; {told}")) from None
    print_lines([f"date {new[0].understood}", f"{new[0].event['id']} is in {one_line(str(path))}"])
    return cli.FINE


def _add_asked(path: Path, known: Known, answers: Mapping[str, str], made: Made) -> int:
    """Ask for an event and write it; whatever comes between, what was typed can be copied."""
    from timeline_tui.cli.asking import Terminal
    from timeline_tui.dates.date import today
    from timeline_tui.editing.atomic_write import check_writable
    from timeline_tui.editing.interview import Interview, command_line

    check_writable(path)
    terminal = Terminal(lambda line: print_lines([line]))
    interview = Interview(known, answers, made, terminal, today=today())
    try:
        interview.run()
    except (EOFError, KeyboardInterrupt):
        print_lines([""])
        code = _BROKEN_OFF
    else:
        try:
            return _add_answered(path, interview.answers, interview.made)
        except TimelineError as error:
            complain(f"timeline-tui: {error}")
            code = cli.UNREADABLE
    complain("timeline-tui: nothing is written")
    if any(interview.answers.values()):
        complain("what you typed so far, to go on from:")
        complain(command_line(str(path), interview.answers, interview.made))
    return code


def _fmt(words: Sequence[str]) -> int:
    options = parser_for("fmt").parse_args(words)
    from timeline_tui.editing.atomic_write import check_writable, rewrite
    from timeline_tui.editing.formatting import difference, formatted

    path = Path(options.file)
    if options.write:
        done = rewrite(path, lambda data: formatted(data, options.file))
    else:
        done = _proposed(path, options.file)
    if done.new == done.old:
        print_lines([f"{one_line(options.file)}: {_UNCHANGED}"])
        return cli.FINE
    print_lines(difference(done.old, done.new, options.file))
    if options.write:
        return cli.FINE
    if sys.stdin is None or not sys.stdin.isatty():
        complain("timeline-tui: nothing is written; --write does")
        return cli.FAULTY
    check_writable(path)
    return _write_agreed(path, done, options.file)


def _proposed(path: Path, name: str) -> Rewritten:
    """A file as it is, and as it would be."""
    from timeline_tui.editing.atomic_write import Rewritten
    from timeline_tui.editing.formatting import formatted
    from timeline_tui.reading.open_file import read_bytes

    old = bytes(read_bytes(path))
    return Rewritten(old, formatted(old, name))


def _write_agreed(path: Path, shown: Rewritten, name: str) -> int:
    """Write what was shown, if that is wanted; what was saved meanwhile is shown and asked for anew."""
    from timeline_tui.editing.atomic_write import rewrite
    from timeline_tui.editing.formatting import difference

    while True:
        if not _is_agreed("Write it? [y/N] "):
            complain("timeline-tui: nothing is written")
            return cli.FAULTY
        if rewrite(path, partial(_agreed, shown)).old == shown.old:
            return cli.FINE
        complain(f"timeline-tui: {name} was changed meanwhile; nothing is written yet")
        shown = _proposed(path, name)
        if shown.new == shown.old:
            print_lines([f"{one_line(name)}: {_UNCHANGED}"])
            return cli.FINE
        print_lines(difference(shown.old, shown.new, name))


def _is_agreed(question: str) -> bool:
    """Whether somebody says yes; who says nothing at all does not."""
    try:
        return input(question).strip().lower() in ("y", "yes")
    except (EOFError, UnicodeDecodeError):
        print_lines([""])
        return False


def _agreed(shown: Rewritten, data: bytes) -> bytes:
    """What was shown, for the file that it was shown for."""
    return shown.new if data == shown.old else data


def _serve(words: Sequence[str]) -> int:
    options = parser_for("serve").parse_args(words)
    from timeline_tui.loading.loader import bundled_timeline
    from timeline_tui.web.serve import serve

    path = Path(options.file) if options.file else bundled_timeline()
    serve(path, options.host, options.port, tell=complain)
    return cli.FINE


def _completion(words: Sequence[str]) -> int:
    options = parser_for("completion").parse_args(words)
    from timeline_tui.cli.completion import script

    print_lines(script(options.shell).splitlines())
    return cli.FINE


def _complete_line(words: Sequence[str]) -> int:
    """What a shell's script asks; it is told nothing where there is nothing to be told."""
    from timeline_tui.cli.completion import SHELLS, Asked, answer

    shell, line, breaks, *_ = [*words, "", "", ""]
    if shell in SHELLS:
        print_lines(answer(shell, line, Asked(list(cli.COMMANDS), _parser_of, _vocabulary_of), breaks))
    return cli.FINE


def _parser_of(command: str) -> ArgumentParser:
    return parser_for(command)


def _vocabulary_of(name: str) -> Vocabulary | None:
    from timeline_tui.cli.completion import vocabulary_of
    from timeline_tui.dates.date import today
    from timeline_tui.loading.loader import bundled_timeline

    try:
        return vocabulary_of(name or str(bundled_timeline()), today())
    except TimelineError:
        return None


FURTHER: dict[str, Callable[[Sequence[str]], int]] = {
    "export": _export,
    "import": _import,
    "add": _add,
    "fmt": _fmt,
    "serve": _serve,
    "completion": _completion,
    "complete-line": _complete_line,
}
