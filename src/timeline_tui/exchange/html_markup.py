"""HTML as a type of its own: text that is put into it is escaped, HTML that is put into it stays HTML."""

from __future__ import annotations

from functools import cache
from html import escape
from string import Formatter
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import LiteralString


class Html(Markup):
    """A piece of HTML. Adding, joining and formatting escape whatever is not HTML."""

    @classmethod
    def escape(cls, s: object, /) -> Html:
        """Text as HTML, with the same entities as Python's own `html.escape()` writes; HTML as it is."""
        return cls(s if hasattr(s, "__html__") else escape(str(s)))


NO_HTML: Final = Html()
"""No HTML at all."""


def html(template: LiteralString, *parts: object) -> Html:
    """A template of HTML, written in the source, with its `{}` filled in: text is escaped, HTML is not."""
    literals, places = _taken_apart(template)
    found = [literals[0]]
    for number, literal in zip(places, literals[1:], strict=True):
        part = parts[number]
        found.append(part if isinstance(part, Html) else Html.escape(part))
        found.append(literal)
    return Html("".join(found))


@cache
def _taken_apart(template: str) -> tuple[Sequence[str], Sequence[int]]:
    """The text around the places of a template, and the part for each place; there are few templates."""
    literals, places = [""], list[int]()
    for literal, name, form, _ in Formatter().parse(template):
        literals[-1] += literal
        if name is not None:
            if form:
                raise ValueError(f"a part is made text before it is put into {template}")
            places.append(int(name) if name else len(places))
            literals.append("")
    return literals, places


def joined(parts: Iterable[str], separator: LiteralString = "") -> Html:
    """All parts that are not empty, with a separator between them; text is escaped, HTML is not."""
    return Html(separator).join(filter(None, parts))
