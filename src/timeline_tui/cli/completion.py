"""Completion in shells: what can come next on a command line, and the scripts that ask for it.

The scripts only ask this program, which knows the parsers and the file on the command line. A generator of
scripts (`shtab`) supports neither a first word that is a command or a file, nor a word that contains several
search terms, whose colons end words in bash.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline_tui.cli.printing import print_lines
from timeline_tui.cli.table import COMMANDS, DONE
from timeline_tui.query.completion import candidates

if TYPE_CHECKING:
    from argparse import Action, ArgumentParser, Namespace
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from timeline_tui.query.vocabulary import Vocabulary

_FILES = frozenset({"FILE", "FOLDER"})
_QUERIES = frozenset({"QUERY", '"QUERY | QUERY"'})
_TOPIC = "topic"

_BASH = """\
# Completion for bash. In ~/.bashrc:  eval "$(timeline-tui completion bash)"
_timeline_tui() {
    local kind="" word nospace=1
    COMPREPLY=()
    {
        IFS= read -r kind
        while IFS= read -r word; do
            COMPREPLY+=("$word")
            [[ $word == *: ]] || nospace=0
        done
    } < <(timeline-tui complete-line bash "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null)
    if [[ $kind != files ]]; then
        compopt +o default 2>/dev/null
        ((nospace)) && compopt -o nospace 2>/dev/null
    elif ((${#COMPREPLY[@]})); then
        compopt -o filenames 2>/dev/null
        while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$2")
    fi
    return 0
}
complete -o default -F _timeline_tui timeline-tui
"""

_ZSH = """\
#compdef timeline-tui
# Completion for zsh. In ~/.zshrc, after compinit:  eval "$(timeline-tui completion zsh)"
_timeline_tui() {
    local kind none=1
    local -a offered
    offered=("${(@f)$(timeline-tui complete-line zsh "${words[1,CURRENT-1]} $QIPREFIX$PREFIX" 2>/dev/null)}")
    kind=$offered[1]
    shift offered
    # -U: they fit what was begun, if not by letter. What ends in a colon is not a whole word yet.
    compadd -U -S '' -- ${(M)offered:#*:} && none=0
    compadd -U -- ${offered:#*:} && none=0
    [[ $kind == files ]] && _files && none=0
    return none
}
if [[ $funcstack[1] == _timeline_tui || $funcstack[1] == _timeline-tui ]]; then
    _timeline_tui "$@"
else
    compdef _timeline_tui timeline-tui
fi
"""

_FISH = """\
# Completion for fish. In ~/.config/fish/config.fish:  timeline-tui completion fish | source
function __timeline_tui_offered
    set -l offered (timeline-tui complete-line fish (commandline -cp | string collect) 2>/dev/null)
    if test "$offered[1]" = files
        __fish_complete_path (commandline -ct)
    end
    printf '%s\\n' $offered[2..-1]
end
complete -c timeline-tui -f -a '(__timeline_tui_offered)'
"""

_SCRIPTS: Final = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}
SHELLS: Final = tuple(_SCRIPTS)


class Offer(NamedTuple):
    """What can be completed in the place of the last word."""

    words: tuple[str, ...] = ()
    """Whole words, unquoted; safe to print."""
    files: bool = False
    """Whether the name of a file is possible too."""


class Begun(NamedTuple):
    """A command line up to the cursor."""

    words: tuple[str, ...]
    """The words before the last, unquoted."""
    last: str
    """The last word as far as it is typed, unquoted; may be empty."""
    quote: str
    """The quotation mark that is still open; empty for none."""
    kept: int
    """Characters of `last` that bash does not replace when it inserts a completion."""


class Providers(NamedTuple):
    """Where completions come from."""

    commands: Sequence[str]
    """The names of the commands that people type."""
    parser_of: Callable[[str], ArgumentParser]
    """The parser of a command; for the empty name, that of the program without a command."""
    vocabulary_of: Callable[[str], Vocabulary | None]
    """The vocabulary of a file, by its name as typed; for the empty name, that of the bundled timeline."""


def print_script(options: Namespace) -> int:
    """`completion`: print the script for a shell."""
    print_lines(script(options.shell).splitlines())
    return DONE


def print_answer(words: Sequence[str]) -> int:
    """`complete-line SHELL LINE [BREAKS]`: answer the script of a shell; an unknown shell gets no answer."""
    from timeline_tui.cli.parser import parser_for

    shell, line, breaks, *_ = [*words, "", "", ""]
    if shell in SHELLS:
        providers = Providers([name for name in COMMANDS if name], parser_for, _vocabulary_today)
        print_lines(answer(shell, line, providers, breaks))
    return DONE


def _vocabulary_today(name: str) -> Vocabulary | None:
    from timeline_tui.dates.date import today

    return vocabulary_of(name, today())


def script(shell: str) -> str:
    """The script for one of `SHELLS`, which makes the shell ask this program."""
    return _SCRIPTS[shell]


def answer(shell: str, line: str, providers: Providers, breaks: str = "") -> Iterator[str]:
    """The lines of an answer to a script: `files` if a file name is possible, else `words`; then the words.

    Args:
        shell: One of `SHELLS`.
        line: The command line up to the cursor.
        providers: Where completions come from.
        breaks: The characters that end a word in bash.
    """
    begun = read_line(line, breaks)
    offered = offer(begun, providers)
    yield "files" if offered.files else "words"
    for word in offered.words:
        # The other shells quote words themselves.
        yield _for_bash(word, begun) if shell == "bash" else word


def offer(begun: Begun, providers: Providers) -> Offer:
    """What can be completed in the place of the last word."""
    words, last = list(begun.words[1:]), begun.last
    command = words.pop(0) if words and words[0] in providers.commands else ""
    parser = providers.parser_of(command)
    place = _Place.after(words, parser)

    def known() -> Vocabulary | None:
        # Only the program without a command has a default file.
        return providers.vocabulary_of(place.file) if place.file or not command else None

    if place.takes is None or not place.takes.option_strings:
        option, equals, value = last.partition("=")
        named = _options(parser).get(option)
        if equals and named is not None:
            found = _values(named, value, known)
            return Offer(tuple(f"{option}={word}" for word in found.words), found.files)
    if last.startswith("-") and (place.takes is None or not place.takes.option_strings):
        return Offer(_beginning(last, _options(parser)))
    found = Offer() if place.takes is None else _values(place.takes, last, known)
    if not command and not begun.words[1:]:
        found = Offer((*_beginning(last, providers.commands), *found.words), found.files)
    return found


def read_line(line: str, breaks: str = "") -> Begun:
    """Read a command line as POSIX shells do, even if a quotation is still open."""
    words: list[str] = []
    word: str | None = None
    quote, kept = "", 0
    characters = iter(line)
    for character in characters:
        if character == quote:
            quote = ""
        elif character == "\\" and quote != "'":
            word = (word or "") + _escaped(next(characters, ""), quote)
        elif quote:
            word = (word or "") + character
        elif character in "\"'":
            quote, word = character, word or ""
            kept = len(word)
        elif character.isspace():
            if word is not None:
                words.append(word)
            word, kept = None, 0
        else:
            word = (word or "") + character
            kept = len(word) if character in breaks else kept
    return Begun(tuple(words), word or "", quote, kept)


def vocabulary_of(name: str, today: int) -> Vocabulary | None:
    """The vocabulary of a file; None if it cannot be read, or not quickly.

    Args:
        name: As typed, unquoted; empty for the bundled timeline.
        today: The day number.
    """
    # Only a query needs these.
    import os
    from contextlib import suppress
    from pathlib import Path

    from timeline_tui.errors import TimelineError
    from timeline_tui.index.errors import DatabaseError
    from timeline_tui.loading.bundled import bundled_timeline
    from timeline_tui.loading.opened import find_kept, open_timeline
    from timeline_tui.text.byte_sizes import NOTICEABLE

    path = Path(os.path.expandvars(name)) if name else bundled_timeline()
    with suppress(OSError, RuntimeError, ValueError, DatabaseError, TimelineError):
        path = path.expanduser()
        if not path.is_file():
            return None
        if path.stat().st_size < NOTICEABLE:
            return open_timeline(path, today=today).index.vocabulary
        if kept := find_kept(path, today):
            return kept[1].index.vocabulary
    return None


class _Place(NamedTuple):
    """What is known about the next word of a command line."""

    takes: Action | None
    """The argument that takes the word; None if no word is expected."""
    file: str
    """The first file on the line; empty if there is none yet."""

    @classmethod
    def after(cls, words: Sequence[str], parser: ArgumentParser) -> _Place:
        """The place after `words`, the words after the command."""
        options = _options(parser)
        expected = [action for action in _actions(parser) if not action.option_strings]
        waiting: Action | None = None
        file, taken = "", 0
        for word in words:
            if waiting is not None:
                waiting = None
            elif word.startswith("-") and word != "-":
                action = options.get(word)
                waiting = action if action is not None and action.nargs != 0 else None
            else:
                file = file or word
                taken += 1
        if waiting is not None:
            return cls(waiting, file)
        if expected and taken >= len(expected) and expected[-1].nargs in ("+", "*"):
            return cls(expected[-1], file)
        return cls(expected[taken] if taken < len(expected) else None, file)


def _values(action: Action, word: str, known: Callable[[], Vocabulary | None]) -> Offer:
    """The possible values of an option or argument."""
    if action.choices is not None:
        return Offer(_beginning(word, map(str, action.choices)))
    if action.metavar in _FILES:
        return Offer(files=True)
    if action.metavar not in _QUERIES and action.dest != _TOPIC:
        return Offer()
    vocabulary = known()
    if vocabulary is None:
        return Offer()
    if action.dest == _TOPIC:
        return Offer(_beginning(word, vocabulary.values.get(_TOPIC, ())))
    return Offer(tuple(candidates(vocabulary, word)))


def _beginning(word: str, known: Mapping[str, object] | Iterator[str] | Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in known if name.startswith(word))


def _actions(parser: ArgumentParser) -> list[Action]:
    return parser._actions  # noqa: SLF001  argparse has no public list of them


def _options(parser: ArgumentParser) -> dict[str, Action]:
    return {name: action for action in _actions(parser) for name in action.option_strings}


def _escaped(character: str, quote: str) -> str:
    """What a backslash and the character after it mean."""
    return character if not quote or character in '"\\$`' else f"\\{character}"


def _for_bash(word: str, begun: Begun) -> str:
    """What bash inserts for the part of the last word that it replaces.

    Bash inserts it as it is, so whatever a shell would expand or run is quoted here.
    """
    text, quote = word[begun.kept :], begun.quote
    if quote:
        text = text.replace("'", "'\\''") if quote == "'" else re.sub(r'(["\\$`])', r"\\\1", text)
        # Bash closes a quotation itself, unless the last character looks like its end.
        return text + quote if text.endswith(quote) else text
    return re.sub(r"([^\w@%+=:,./-])", r"\\\1", text)
