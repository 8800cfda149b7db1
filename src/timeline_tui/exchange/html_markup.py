"""HTML as a type of its own: text that is put into it is escaped, HTML that is put into it stays HTML."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable
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
    return Html(template).format(*parts)


def joined(parts: Iterable[str], separator: LiteralString = "") -> Html:
    """All parts that are not empty, with a separator between them; text is escaped, HTML is not."""
    return Html(separator).join(filter(None, parts))
