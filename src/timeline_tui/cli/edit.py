"""`new`, `add` and `fmt`: a timeline is created or changed, and nothing else in the file with it."""

from __future__ import annotations

import shlex
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from timeline_tui.cli.printing import ask, complain, print_lines
from timeline_tui.cli.table import CANCELLED, DONE, FAILED, FAULTY
from timeline_tui.errors import TimelineError, UsageError
from timeline_tui.text.sanitize import has_hidden, one_line

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping, Sequence

    from timeline_tui.editing.adding import KnownRecords, NewRecords
    from timeline_tui.editing.atomic_write import Rewritten


def new(options: Namespace) -> int:
    """`new`: create a timeline without events, or the example."""
    import platformdirs

    from timeline_tui.editing.starter import example, starter, write_starter
    from timeline_tui.model.json_schema import schema_for

    path = Path(options.file)
    if options.example and (options.title or options.actors):
        raise UsageError("--example has a title and actors of its own; leave out --title and --actors")
    schema = schema_for(path, platformdirs.user_data_path("timeline-tui"))
    text = example(schema) if options.example else starter(path, options.title, options.actors, schema)
    write_starter(path, text)
    name = one_line(options.file)
    print_lines([f"created {name}; open it with: timeline-tui {name}"])
    return DONE


def add(options: Namespace) -> int:
    """`add`: add an event, asking on a terminal for what is not given."""
    from timeline_tui.editing.adding import NewRecords, check_can_take, known_records
    from timeline_tui.editing.interview import new_actor, new_source
    from timeline_tui.editing.naming import claim_with_ids, said_with_id, with_ids
    from timeline_tui.editing.questions import questions
    from timeline_tui.reading.open_file import read_bytes

    path = Path(options.file)
    data = bytes(read_bytes(path))
    known, new_records = known_records(data, options.file), NewRecords({}, {})
    for text in options.new_actor:
        new_actor(text, known, new_records)
    for text in options.new_source:
        new_source(text, known, new_records)
    answers = {question.name: getattr(options, question.name) for question in questions()}
    there = known.with_new(new_records)
    answers["actors"] = with_ids(answers["actors"], there.actors)
    answers["sources"] = with_ids(answers["sources"], there.sources)
    answers["by"] = with_ids(answers["by"], there.actors)
    answers["quote"] = said_with_id(answers["quote"], there.actors)
    answers["claim"] = claim_with_ids(answers["claim"], there.topics, there.actors)
    answers["id"] = options.id
    if not answers["title"] and sys.stdin is not None and sys.stdin.isatty():
        check_can_take(data, options.file)
        return _add_after_interview(path, known, answers, new_records)
    return _add_event(path, answers, new_records)


def _add_event(path: Path, answers: Mapping[str, str], new_records: NewRecords) -> int:
    """Make an event of the answers and write it."""
    from timeline_tui.dates.date import today
    from timeline_tui.editing.adding import NewEvent, NoSuchRecord, with_new_event
    from timeline_tui.editing.atomic_write import rewrite

    new: list[NewEvent] = []

    def change(data: bytes) -> bytes:
        result, event = with_new_event(data, answers, new_records, today=today(), name=str(path))
        new[:] = [event]
        return result

    try:
        rewrite(path, change)
    except NoSuchRecord as error:
        example = f"{error.name}: person" if error.kind == "actor" else error.name
        hint = f"to add it with the event, use --new-{error.kind} {shlex.quote(example)}"
        raise UsageError(one_line(f"{error}; {hint}")) from None
    print_lines([f"date {new[0].understood}", f"added {new[0].event['id']} to {one_line(str(path))}"])
    return DONE


def _add_after_interview(
    path: Path, known: KnownRecords, answers: Mapping[str, str], new_records: NewRecords
) -> int:
    """Ask for an event and write it; if that fails, print a command line with what was typed."""
    from timeline_tui.dates.date import today
    from timeline_tui.editing.atomic_write import check_writable
    from timeline_tui.editing.interview import Interview, command_line

    check_writable(path)
    terminal = TerminalPrompt(lambda line: print_lines([line]))
    interview = Interview(known, answers, new_records, terminal, today=today())
    terminal.show_line("Only the date and the title are needed: Enter leaves out anything else.")
    try:
        interview.run()
    except (EOFError, KeyboardInterrupt):
        print_lines([""])
        code = CANCELLED
    else:
        try:
            return _add_event(path, interview.answers, interview.new_records)
        except TimelineError as error:
            complain(f"timeline-tui: {error}")
            code = FAILED
    complain("timeline-tui: not written")
    if any(interview.answers.values()):
        complain("to continue with what you typed so far:")
        complain(command_line(str(path), interview.answers, interview.new_records))
    return code


def fmt(options: Namespace) -> int:
    """`fmt`: sort events and normalise dates, if the user agrees to the changes."""
    from timeline_tui.editing.atomic_write import check_writable, rewrite
    from timeline_tui.editing.formatting import difference, formatted

    path = Path(options.file)
    if options.write:
        done = rewrite(path, lambda data: formatted(data, options.file))
    else:
        done = _proposed(path, options.file)
    if done.new == done.old:
        print_lines([f"{one_line(options.file)}: already formatted"])
        return DONE
    print_lines(difference(done.old, done.new, options.file))
    if options.write:
        return DONE
    if sys.stdin is None or not sys.stdin.isatty():
        complain("timeline-tui: not written; use --write to write it")
        return FAULTY
    check_writable(path)
    return _write_if_agreed(path, done, options.file)


def _proposed(path: Path, name: str) -> Rewritten:
    """A file as it is, and as it would be when formatted."""
    from timeline_tui.editing.atomic_write import Rewritten
    from timeline_tui.editing.formatting import formatted
    from timeline_tui.reading.open_file import read_bytes

    old = bytes(read_bytes(path))
    return Rewritten(old, formatted(old, name))


def _write_if_agreed(path: Path, shown: Rewritten, name: str) -> int:
    """Write what was shown if the user agrees; if the file has changed meanwhile, show and ask again."""
    from timeline_tui.editing.atomic_write import rewrite
    from timeline_tui.editing.formatting import difference

    while True:
        if not _is_agreed("Write it? [y/N] "):
            complain("timeline-tui: not written")
            return FAULTY
        if rewrite(path, partial(_shown_result, shown)).old == shown.old:
            return DONE
        complain(f"timeline-tui: {name} has changed in the meantime; not written yet")
        shown = _proposed(path, name)
        if shown.new == shown.old:
            print_lines([f"{one_line(name)}: already formatted"])
            return DONE
        print_lines(difference(shown.old, shown.new, name))


def _is_agreed(question: str) -> bool:
    """Whether the user says yes; no answer means no."""
    try:
        return ask(question).strip().lower() in ("y", "yes")
    except (EOFError, UnicodeDecodeError):
        print_lines([""])
        return False


def _shown_result(shown: Rewritten, data: bytes) -> bytes:
    """The new text that was shown, if the file is still the one it was shown for."""
    return shown.new if data == shown.old else data


class TerminalPrompt:
    """Asks the user of a terminal, line by line, with completion where Python has readline.

    Args:
        show_line: Prints a line.
    """

    def __init__(self, show_line: Callable[[str], None]) -> None:
        self.show_line = show_line
        self._choices: tuple[str, ...] = ()
        if sys.stdout is not None and sys.stdout.isatty():
            self._complete_with_tab()

    def ask(self, prompt: str, choices: Sequence[str] = ()) -> str:
        """The line that is typed; Tab completes the part after the last comma.

        Raises:
            EOFError: Standard input has ended.
            KeyboardInterrupt: The user pressed Ctrl+C.
        """
        self._choices = tuple(choice for choice in choices if not has_hidden(choice) and "\n" not in choice)
        while True:
            try:
                return ask(prompt)
            except UnicodeDecodeError:
                self.show_line("this is not text in the encoding of the terminal; type it again")

    def _complete_with_tab(self) -> None:
        try:
            import readline
        except ImportError:
            return
        is_editline = "libedit" in (readline.__doc__ or "")
        readline.parse_and_bind("bind ^I rl_complete" if is_editline else "tab: complete")
        readline.set_completer_delims(",")
        readline.set_completer(self.completion)

    def completion(self, typed: str, number: int) -> str | None:
        """The completion of that number, from 0, of what is typed; None if there are no more."""
        found = completions(typed, self._choices)
        return found[number] if number < len(found) else None


def completions(typed: str, choices: Sequence[str]) -> list[str]:
    """The completions of a word, each with the spaces in front of it."""
    word = typed.lstrip()
    margin = typed[: len(typed) - len(word)]
    return [margin + choice for choice in choices if choice.casefold().startswith(word.casefold())]
