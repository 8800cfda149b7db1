"""How the last term of a query can go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.query.language import DURING, FIELDS, WORD, Term
from timeline_tui.query.vocabulary import IDENTIFIED, TOGETHER, folded
from timeline_tui.text.sanitize import has_hidden

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.query.vocabulary import Vocabulary


def candidates(vocabulary: Vocabulary, text: str, *, by_name: bool = False) -> Iterator[str]:
    """Completions of the last term of a query: `kind:v` can become `kind:vote`.

    With `by_name`, what is typed may also be the beginning of a word of the value's name.
    """
    start = _last_term(text)
    head, term = text[:start], text[start:]
    minus = "-" if term.startswith("-") else ""
    name, colon, value = term.removeprefix(minus).partition(":")
    name = name.lower()
    if not colon:
        fields = (field for field in FIELDS if field not in (DURING, WORD) and field.startswith(name))
        yield from (f"{head}{minus}{field}:" for field in fields)
        return
    beginning = value.removeprefix('"').replace('""', '"')
    found = values_beginning(vocabulary, name, beginning, by_name=by_name)
    yield from (f"{head}{Term(name, known, bool(minus))}" for known in found)


def values_beginning(
    vocabulary: Vocabulary, field: str, beginning: str, *, by_name: bool = False
) -> Iterator[str]:
    """The known values of a field that begin so; with `by_name` also those with such a word in their name."""
    *joined, beginning = beginning.split(TOGETHER) if field in IDENTIFIED else [beginning]
    head = "".join(f"{part}{TOGETHER}" for part in joined)
    text = beginning.casefold()
    needle = f" {folded(beginning)}" if by_name and beginning and field in IDENTIFIED else ""
    begun = (
        value
        for value, name in vocabulary.values.get(field, {}).items()
        if value.casefold().startswith(text) or (needle and needle in f" {folded(name)}")
    )
    for value in vocabulary.known(field, begun):
        if not has_hidden(value):
            yield head + value


def _last_term(query: str) -> int:
    """The index at which the last term of a query begins."""
    start, quoted = 0, False
    for place, character in enumerate(query):
        if character == '"':
            quoted = not quoted
        elif character.isspace() and not quoted:
            start = place + 1
    return start
