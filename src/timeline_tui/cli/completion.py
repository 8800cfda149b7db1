"""Completion in shells: what may come next on a command line, and the scripts that ask for it.

The scripts know nothing but how to ask: what is offered follows the parsers, and the file at hand. A
generator of scripts (`shtab`) has no form for a first word that is a command or a file, and none for a word
of several terms, whose colons end words for bash.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline_tui.query.language import DURING, FIELDS, WORD, Term
from timeline_tui.text.sanitize import has_hidden

if TYPE_CHECKING:
    from argparse import Action, ArgumentParser
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from timeline_tui.query.vocabulary import Vocabulary

COMMAND: Final = "complete-line"
"""The command that the scripts ask; nobody types it, so it is listed nowhere."""

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
    """What may stand in the place of a word that was begun."""

    words: tuple[str, ...] = ()
    """Whole words, without quotation; safe to print."""
    files: bool = False
    """Whether the name of a file may stand there as well."""


class Begun(NamedTuple):
    """A command line up to the cursor."""

    words: tuple[str, ...]
    """The words before the last, without quotation."""
    last: str
    """The last word as far as it is there, without quotation; maybe empty."""
    quote: str
    """The quotation mark that is open; empty for none."""
    kept: int
    """Characters of `last` that bash leaves as they are when it puts in a completion."""


class Asked(NamedTuple):
    """What the commands take, and what files know."""

    commands: Sequence[str]
    """Those that are listed."""
    parser_of: Callable[[str], ArgumentParser]
    """The parser of a command; of the empty one, that of the program without one."""
    vocabulary_of: Callable[[str], Vocabulary | None]
    """What a file knows by its name as typed, or if that is empty, the timeline shown without a file."""


def script(shell: str) -> str:
    """The script that has a shell of `SHELLS` ask this program."""
    return _SCRIPTS[shell]


def answer(shell: str, line: str, asked: Asked, breaks: str = "") -> Iterator[str]:
    """The lines that a script is answered with: `files` if such may stand there, else `words`; then words.

    Args:
        shell: One of `SHELLS`.
        line: The command line up to the cursor.
        asked: What commands there are.
        breaks: The characters that end a word for bash.
    """
    begun = read_line(line, breaks)
    offered = offer(begun, asked)
    yield "files" if offered.files else "words"
    for word in offered.words:
        # The other shells quote by themselves.
        yield _for_bash(word, begun) if shell == "bash" else word


def offer(begun: Begun, asked: Asked) -> Offer:
    """What may stand in the place of the last word."""
    words, last = list(begun.words[1:]), begun.last
    command = words.pop(0) if words and words[0] in asked.commands else ""
    parser = asked.parser_of(command)
    place = _Place.after(words, parser)

    def known() -> Vocabulary | None:
        # Commands take no file for granted.
        return asked.vocabulary_of(place.file) if place.file or not command else None

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
        found = Offer((*_beginning(last, asked.commands), *found.words), found.files)
    return found


def candidates(vocabulary: Vocabulary, word: str) -> list[str]:
    """What a query that was begun may become, as far as its last term: `kind:v` may be `kind:vote`."""
    start = _last_term(word)
    head, term = word[:start], word[start:]
    minus = "-" if term.startswith("-") else ""
    name, colon, value = term.removeprefix(minus).partition(":")
    name = name.lower()
    if not colon:
        fields = _beginning(name, (field for field in FIELDS if field not in (DURING, WORD)))
        return [f"{head}{minus}{field}:" for field in fields]
    wanted = value.removeprefix('"').replace('""', '"').casefold()
    return [
        f"{head}{Term(name, known, bool(minus))}"
        for known in vocabulary.values.get(name, ())
        if known.casefold().startswith(wanted) and not has_hidden(known)
    ]


def read_line(line: str, breaks: str = "") -> Begun:
    """A command line as POSIX shells read it; one that breaks off within a quotation too."""
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
    """What a file knows; None if it cannot be had before somebody grows impatient.

    Args:
        name: As it was typed, without quotation; empty for the timeline that comes with the program.
        today: The day number.
    """
    # A command line without a query needs none of these.
    import os
    from contextlib import suppress
    from pathlib import Path

    from timeline_tui.errors import TimelineError
    from timeline_tui.index.errors import DatabaseError
    from timeline_tui.loading.loader import bundled_timeline
    from timeline_tui.loading.open_timeline import find_kept, open_timeline
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
    """Where on a command line the next word is."""

    takes: Action | None
    """What the word is for; None if none is expected."""
    file: str
    """The file at hand; empty if there is none yet."""

    @classmethod
    def after(cls, words: Sequence[str], parser: ArgumentParser) -> _Place:
        """The place after `words`, which follow the command."""
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
    """What an option or argument may be."""
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
    return parser._actions  # noqa: SLF001  argparse tells nowhere else what it takes


def _options(parser: ArgumentParser) -> dict[str, Action]:
    return {name: action for action in _actions(parser) for name in action.option_strings}


def _last_term(query: str) -> int:
    """Where the last term of a query begins."""
    start, quoted = 0, False
    for place, character in enumerate(query):
        if character == '"':
            quoted = not quoted
        elif character.isspace() and not quoted:
            start = place + 1
    return start


def _escaped(character: str, quote: str) -> str:
    """What a backslash and a character stand for."""
    return character if not quote or character in '"\\$`' else f"\\{character}"


def _for_bash(word: str, begun: Begun) -> str:
    """What bash puts in the place of the part of the last word that it replaces.

    It is put in as it is: what the shell would expand or run must be quoted here.
    """
    text, quote = word[begun.kept :], begun.quote
    if quote:
        text = text.replace("'", "'\\''") if quote == "'" else re.sub(r'(["\\$`])', r"\\\1", text)
        # Bash closes a quotation, unless it takes the last character for its end.
        return text + quote if text.endswith(quote) else text
    return re.sub(r"([^\w@%+=:,./-])", r"\\\1", text)
