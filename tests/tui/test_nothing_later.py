"""Under the clock nothing that is typed is answered with something of a later day."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import pytest

from tests.pages.test_nothing_later import DAYS, SAID_FROM, on
from timeline_tui.query.language import FIELDS
from timeline_tui.tui.command_line import NAMED
from timeline_tui.tui.palette_entries import PaletteEntries
from timeline_tui.tui.prompts import PromptKind, completions, interpret

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.timeline.view import View

_OF_THE_FORMAT = {"disputed", "ithdrawn"}
"""Words that the search language knows in every timeline."""


def typed(word: str) -> set[str]:
    """A word as somebody may type it who half remembers it."""
    dashed = word.lower().replace(" ", "-")
    return {word, word.lower(), word[:3], word[1:], dashed, dashed[:5], f"{dashed}x"}


def lines(word: str) -> Iterator[tuple[PromptKind, str]]:
    """What may be typed with a word, and where."""
    queries = [word, *(f"{field}:{word}" for field in FIELDS)]
    yield from ((PromptKind.FIND, query) for query in queries)
    commands = (command.name for command in NAMED.values() if command.argument)
    yield from ((PromptKind.COMMAND, f"{command} {word}") for command in commands)
    yield from ((kind, word) for kind in (PromptKind.GO_TO, PromptKind.KNOWN_ON, PromptKind.SIDES))


def answers(view: View, word: str) -> Iterator[str]:
    """All that is offered and answered when a word is typed."""
    selected = view.key_at(0) if view.count else -1
    for kind, text in lines(word):
        yield interpret(kind, text, view, selected).answer
        yield from (completed.removeprefix(text) for completed in completions(kind, text, view))
    yield from (f"{entry.title} {entry.right}" for entry in PaletteEntries(view, {}).found(word))


@pytest.mark.parametrize("day", DAYS[::3])
def test_no_prompt_and_no_palette_says_what_was_known_only_later(day: str) -> None:
    view = on(day)
    later = [words for words, known in SAID_FROM.items() if known > day and words not in _OF_THE_FORMAT]
    # A day that is typed is answered with that day.
    words_only = [words for words in SAID_FROM if not words.startswith("31 March")]
    for word in sorted(set(chain.from_iterable(map(typed, words_only)))):
        said = [text for text in answers(view, word) for words in later if words in text.replace(word, "")]
        assert said == [], word


def test_all_is_offered_on_the_last_day() -> None:
    view = on(DAYS[-1])
    assert completions(PromptKind.FILTER, "place:Lo", view) == ["place:Lowport"]
    assert completions(PromptKind.FILTER, "publisher:Nor", view) == ['publisher:"Northland Gazette"']
    assert "place:Lowport" in interpret(PromptKind.FILTER, "place:owport", view, -1).answer
