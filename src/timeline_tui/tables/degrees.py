"""Where a table has the coordinates of its rows: two columns of numbers, or one of text with both.

A text is `48.3, 37.5`, `POINT(37.5 48.3)` or a point of GeoJSON; what is none of these has no coordinates.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from sqlglot import exp

from timeline_tui.tables.statements import column

if TYPE_CHECKING:
    from collections.abc import Sequence

Form = Literal["numbers", "pair", "reversed pair", "wkt", "geojson"]
"""Two columns of numbers; else how a text has both. Longitude is first in all but `pair`."""

_NUMBER: Final = "[-+]?[0-9]+([.][0-9]+)?"
_PAIR: Final = f"^ *{_NUMBER} *, *{_NUMBER} *$"
# No sign is escaped by a backslash, which engines read in different ways.
_PATTERNS: Final[dict[Form, str]] = {
    "pair": _PAIR,
    "reversed pair": _PAIR,
    "wkt": f"^(SRID=[0-9]+;)?[Pp][Oo][Ii][Nn][Tt] *[(] *{_NUMBER} +{_NUMBER} *[)]$",
    # Two numbers alone are the coordinates of a point: those of other shapes are lists of pairs.
    "geojson": f'^ *[{{].*"coordinates" *: *. *{_NUMBER} *, *{_NUMBER} *[^0-9,. ]',
}
_SIGNS: Final[dict[Form, tuple[str, str, str]]] = {
    "pair": ("", ",", ""),
    "reversed pair": ("", ",", ""),
    "wkt": ("(", " ", ")"),
    "geojson": ("[", ",", "]"),
}
"""Before the first number, between both, and after the second one."""
_MOST: Final = 0.6
"""The share of texts with coordinates that makes a column one of coordinates."""


class Degrees(NamedTuple):
    """The columns of latitude and longitude, and how they hold them."""

    lat: str
    lon: str
    """The same column unless they are numbers."""
    form: Form = "numbers"

    def expressions(self) -> tuple[exp.Expr, exp.Expr]:
        """Latitude and longitude as numbers; NULL where a row has none."""
        if self.form == "numbers":
            return column(self.lat), column(self.lon)
        first, second = _numbers_in(exp.cast(column(self.lat), "TEXT"), self.form)
        return (first, second) if self.form == "pair" else (second, first)


def form_of(values: Sequence[object]) -> Form | None:
    """How the texts of a column have coordinates; None if most have none."""
    texts = [value for value in values if isinstance(value, str) and value.strip()]
    forms: tuple[Form, ...] = ("pair", "wkt", "geojson")
    for form in forms:
        fitting = [text for text in texts if re.search(_PATTERNS[form], text)]
        if not fitting or len(fitting) < _MOST * len(texts):
            continue
        firsts = [float(text.split(",")[0]) for text in fitting] if form == "pair" else []
        return "reversed pair" if any(abs(first) > 90 for first in firsts) else form
    return None


def _numbers_in(text: exp.Expr, form: Form) -> tuple[exp.Expr, exp.Expr]:
    """The two numbers of a text, in its order; NULL where it is of another form."""
    before, between, after = _SIGNS[form]
    body = text
    if before:
        rest = _from(text, exp.Add(this=_place(text, before), expression=exp.Literal.number(1)))
        body = exp.Trim(this=_until(rest, after))
    found = []
    for part in (_until(body, between), _from(body, _place(body, between), 1)):
        number = exp.cast(exp.Trim(this=part), "DOUBLE")
        fits = exp.RegexpLike(this=text.copy(), expression=exp.Literal.string(_PATTERNS[form]))
        found.append(exp.Case().when(fits, number))
    return found[0], found[1]


def _place(text: exp.Expr, sign: str) -> exp.Expr:
    return exp.StrPosition(this=text.copy(), substr=exp.Literal.string(sign))


def _from(text: exp.Expr, start: exp.Expr, more: int = 0) -> exp.Expr:
    place = exp.Add(this=start, expression=exp.Literal.number(more)) if more else start
    return exp.Substring(this=text.copy(), start=place)


def _until(text: exp.Expr, sign: str) -> exp.Expr:
    length = exp.Sub(this=_place(text, sign), expression=exp.Literal.number(1))
    return exp.Substring(this=text.copy(), start=exp.Literal.number(1), length=length)
