"""The commands that write files or serve them; each imports what it needs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from timeline_tui import cli
from timeline_tui.arguments import parser_for
from timeline_tui.problems import TimelineError
from timeline_tui.text import one_line

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Mapping, Sequence

    from timeline_tui.exchange.imported import Imported
    from timeline_tui.vocabulary import Vocabulary

_UNCHANGED = "nothing has to be changed"


def _export(words: Sequence[str]) -> int:
    options = parser_for("export").parse_args(words)
    from timeline_tui.exchange import formats
    from timeline_tui.exchange.csv_table import write as write_csv

    name = formats.named(options.to, options.output or "")
    opened = cli.opened_file(options.file)
    view = cli.view_of(opened, cli.asked_for(options))
    is_raw = options.raw and name == "csv"
    exported = write_csv(view, raw=True) if is_raw else formats.write(view, name)
    if opened.notice:
        cli.complain(f"timeline-tui: {opened.notice}")
    _put(exported.text, options)
    for note in exported.notes:
        cli.complain(f"timeline-tui: {note}")
    _tell_lost(exported.lost, "left out, as the format has no place for it")
    cli.tell_left_out(opened, errors=True)
    if not view.count:
        cli.complain(f"timeline-tui: no event is in it: {view.sentence}")
    return cli.FAULTY if opened.errors else cli.FINE


def _import(words: Sequence[str]) -> int:
    options = parser_for("import").parse_args(words)
    from timeline_tui.exchange import formats
    from timeline_tui.exchange.native import written
    from timeline_tui.files import read_bytes

    path = Path(options.file)
    if path.is_dir():
        imported = formats.read_folder(path)
    else:
        imported = formats.read(bytes(read_bytes(path)), path.name, options.format)
    text, _ = written(imported)
    if Path(options.output).suffix.lower() == ".json":
        text = _as_json(text)
    _put(text, options)
    for said in imported.guesses:
        cli.complain(f"timeline-tui: guessed: {said}")
    _tell_left_out(imported, options.file)
    _tell_lost(imported.lost, "left out, as this format has no place for it")
    cli.print_lines([f"{len(imported.events):,} events are in {one_line(options.output)}"])
    return cli.FINE


def _as_json(text: str) -> str:
    """A file of the format as JSON of the same structure."""
    from timeline_tui.exchange.json_native import write
    from timeline_tui.index import Index
    from timeline_tui.reader import read_text
    from timeline_tui.records import Header
    from timeline_tui.view import View

    reading = read_text(bytearray(text, "utf-8"), "")
    return write(View(Index.build(reading.header or Header(title=""), reading.events))).text


def _tell_left_out(imported: Imported, name: str) -> None:
    for left in imported.left_out[: cli.SHOWN_PROBLEMS]:
        place = f":{left.line}" if left.line else ""
        cli.complain(f"{name}{place}: left out: {left.reason}")
    if imported.left_out:
        cli.complain(f"timeline-tui: {len(imported.left_out):,} left out in all")


def _tell_lost(lost: Mapping[str, int], why: str) -> None:
    if told := ", ".join(f"{count:,} {words}" for words, count in lost.items() if count):
        cli.complain(f"timeline-tui: {why}: {told}")


def _put(text: str, options: Namespace) -> None:
    """Write a text where it is wanted, whole or not at all; without a place, print it as it is."""
    data = text.encode("utf-8", "backslashreplace")
    if options.output:
        from timeline_tui.writing import write_whole

        write_whole(Path(options.output), data, replace=options.force)
    elif sys.stdout is not None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def _add(words: Sequence[str]) -> int:
    options = parser_for("add").parse_args(words)
    from timeline_tui.adding import add_event, event_of, known_in, questions
    from timeline_tui.dates import today
    from timeline_tui.files import read_bytes
    from timeline_tui.writing import write_whole

    path = Path(options.file)
    data = bytes(read_bytes(path))
    answers = {question.name: getattr(options, question.name) for question in questions()}
    answers["id"] = options.id
    known = known_in(data, options.file)
    is_asked = not answers["title"] and sys.stdin is not None and sys.stdin.isatty()
    if is_asked:
        for question in questions():
            hint = f" ({question.hint})" if question.hint else ""
            answers[question.name] = answers[question.name] or input(f"{question.prompt}{hint}: ")
    new = event_of(answers, known, today=today())
    cli.print_lines([f"date {new.understood}"])
    write_whole(path, add_event(data, new.event, options.file), replace=True)
    cli.print_lines([f"{new.event['id']} is in {one_line(options.file)}"])
    return cli.FINE


def _fmt(words: Sequence[str]) -> int:
    options = parser_for("fmt").parse_args(words)
    from timeline_tui.files import read_bytes
    from timeline_tui.formatting import difference, formatted
    from timeline_tui.writing import write_whole

    path = Path(options.file)
    old = bytes(read_bytes(path))
    new = formatted(old, options.file)
    if new == old:
        cli.print_lines([f"{one_line(options.file)}: {_UNCHANGED}"])
        return cli.FINE
    cli.print_lines(difference(old, new, options.file))
    if not options.write and (sys.stdin is None or not sys.stdin.isatty()):
        cli.complain("timeline-tui: nothing is written; --write does")
        return cli.FAULTY
    if not options.write and input("Write it? [y/N] ").strip().lower() not in ("y", "yes"):
        return cli.FAULTY
    write_whole(path, new, replace=True)
    return cli.FINE


def _serve(words: Sequence[str]) -> int:
    options = parser_for("serve").parse_args(words)
    from timeline_tui.loading import bundled_timeline
    from timeline_tui.serving import serve

    path = Path(options.file) if options.file else bundled_timeline()
    serve(path, options.host, options.port, tell=cli.complain)
    return cli.FINE


def _completion(words: Sequence[str]) -> int:
    options = parser_for("completion").parse_args(words)
    from timeline_tui.completion import script

    cli.print_lines(script(options.shell).splitlines())
    return cli.FINE


def _complete_line(words: Sequence[str]) -> int:
    """What a shell's script asks; it is told nothing where there is nothing to be told."""
    from timeline_tui.completion import SHELLS, Asked, answer

    shell, line, breaks, *_ = [*words, "", "", ""]
    if shell in SHELLS:
        cli.print_lines(answer(shell, line, Asked(list(cli.COMMANDS), _parser_of, _vocabulary_of), breaks))
    return cli.FINE


def _parser_of(command: str) -> ArgumentParser:
    return parser_for(command)


def _vocabulary_of(name: str) -> Vocabulary | None:
    from timeline_tui.completion import vocabulary_of
    from timeline_tui.dates import today
    from timeline_tui.loading import bundled_timeline

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
