"""A query in the search language as a condition of SQL, and as what a cube holds of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sqlglot import exp

from timeline_tui.dates.date import BEGINNING, END, DateError, parse_date
from timeline_tui.dates.edtf import Moment
from timeline_tui.dates.months import WEEKDAYS
from timeline_tui.query.language import AT, DURING, IS, MARKED, PHRASE, WITHIN, WORD, Query
from timeline_tui.query.vocabulary import TOGETHER, folded, matches
from timeline_tui.tables.moments import FIRST_DAY, LAST_DAY, MICROS, SECOND, start_of_day
from timeline_tui.tables.roles import FACETS
from timeline_tui.tables.statements import column, conjunction
from timeline_tui.text.sanitize import words
from timeline_tui.timeline.map_cells import area_of
from timeline_tui.timeline.view import DOUBTFUL

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from timeline_tui.query.language import Term
    from timeline_tui.tables.cube import Combination
    from timeline_tui.tables.engines.base import Engine
    from timeline_tui.tables.roles import Roles
    from timeline_tui.tables.statements import Parameters
    from timeline_tui.timeline.map_cells import Area

_DATES: Final = ("since", "until", DURING, WITHIN)
NOT_HELD: Final = {
    "speaker": "quotes",
    "to": "quotes",
    "against": "claims",
    "topic": "claims",
    "publisher": "sources of its own",
    "language": "languages",
    "file": "files",
    "without": "sources of its own",
    "support": "sources of its own",
    "has": "quotes, claims or links",
}
"""Fields that no table can answer, and what it does not hold."""


class Asked(NamedTuple):
    """A question about a table: which rows, on a day."""

    queries: tuple[Query, ...] = ()
    """All of which a row must meet."""
    known_on: int | None = None
    """The day number it is shown as known on; None for all that is known."""
    marked: frozenset[str] = frozenset()
    """The ids of the rows that the reader has marked, if the query asks for them."""


class Conditions:
    """Answers for one table what a query means.

    Args:
        engine: Where the table is.
        roles: What its columns are taken for.
        values: By column of the cube the values that it has, as text.
        texts: The names of the columns that hold text.
    """

    def __init__(
        self,
        engine: Engine,
        roles: Roles,
        values: Mapping[str, Collection[str]],
        texts: Collection[str],
    ) -> None:
        self.roles = roles
        self._engine, self._values, self._texts = engine, values, frozenset(texts)

    def dated(self, bound: Parameters) -> exp.Expr:
        """The condition that a row has a time that can be shown."""
        time = self.roles.time
        first = exp.GTE(this=time.column, expression=bound(time.native(start_of_day(FIRST_DAY))))
        last = exp.LTE(this=time.column, expression=bound(time.native(start_of_day(LAST_DAY + 1) - 1)))
        parts: list[exp.Expr | None] = [first, last]
        if time.kind == "text":
            parts += (
                exp.Between(this=_part_of(time.column, start, 2), low=bound("01"), high=bound(most))
                for start, most in ((6, "12"), (9, "31"))
            )
        return conjunction(parts) or exp.true()

    def rest(self, asked: Asked) -> Asked:
        """What of a question no cube of the whole table can answer."""
        left = (self._not_held(query) for query in asked.queries)
        has_known = self.roles.known is not None
        return Asked(tuple(filter(None, left)), asked.known_on if has_known else None, asked.marked)

    def _not_held(self, query: Query) -> Query:
        asked = tuple(term for term in query if not self._is_held(term))
        # Alternatives that are held and not held cannot be asked apart.
        fields = {term.field for term in asked if not term.excluded}
        return Query(
            tuple(term for term in query if term in asked or (term.field in fields and not term.excluded))
        )

    def _is_held(self, term: Term) -> bool:
        if term.field in _DATES:
            return not _tells_time(term)
        columns = self.roles.searched(term.field)
        return bool(columns) and all(name in self._values for name in columns)

    def sql(self, asked: Asked, bound: Parameters) -> exp.Expr | None:
        """The whole question as a condition; None if all rows meet it."""
        parts = [self._query(query, asked.marked, bound) for query in asked.queries]
        return conjunction([self._known(asked.known_on, bound), *parts])

    def doubtful(self, bound: Parameters) -> exp.Expr:
        """How many of some rows are claimed, disputed or denied."""
        found = self._query(DOUBTFUL, frozenset(), bound) if self.roles.of("status") else None
        none, one = exp.Literal.number(0), exp.Literal.number(1)
        return exp.Sum(this=none if found is None else exp.Case().when(found, one).else_(none))

    def _query(self, query: Query, marked: frozenset[str], bound: Parameters) -> exp.Expr | None:
        parts: list[exp.Expr | None] = []
        either: dict[str, list[exp.Expr]] = {}
        for term in query:
            if term.field in (WORD, PHRASE) and not words(term.value):
                continue
            found = self._term(term, marked, bound)
            if term.excluded:
                parts.append(exp.Not(this=exp.func("COALESCE", found, exp.false())))
            elif term.field in (WORD, PHRASE):
                parts.append(found)
            else:
                either.setdefault(term.field, []).append(found)
        parts += (exp.or_(*found) for found in either.values())
        return conjunction(parts)

    def _known(self, day: int | None, bound: Parameters) -> exp.Expr | None:
        if day is None:
            return None
        time, known = self.roles.time, self.roles.known
        begun = exp.LT(this=time.column, expression=bound(time.native(start_of_day(day + 1))))
        if known is None:
            return begun
        told = exp.LT(this=known.column, expression=bound(known.native(start_of_day(day + 1))))
        missing = exp.Is(this=known.column, expression=exp.Null())
        return exp.paren(exp.or_(told, exp.and_(missing, begun)))

    def _term(self, term: Term, marked: frozenset[str], bound: Parameters) -> exp.Expr:
        if term.field in (WORD, PHRASE):
            return self._containing(term.value, bound)
        if term.field in _DATES:
            first, after = moments_of(term)
            return self.roles.time.between(first, after, bound)
        if term.field in ("hour", AT):
            return (self._at_hour if term.field == "hour" else self._at)(term.value, bound)
        if (term.field, term.value) == (IS, MARKED):
            return self.with_ids(sorted(marked), bound)
        columns = self.roles.searched(term.field)
        if not columns:
            return exp.false()
        parts = [
            exp.or_(*(self._having(name, term.field, value, bound) for name in columns))
            for value in (term.value.split(TOGETHER) if term.field == "actor" else [term.value])
        ]
        return exp.and_(*parts)

    def _having(self, name: str, field: str, value: str, bound: Parameters) -> exp.Expr:
        own = self.as_text(name)
        if name in self._values:
            meant = self._meant(name, field, value)
            return exp.In(this=own, expressions=[bound(one) for one in meant]) if meant else exp.false()
        if field == "place":
            return self._like(own, value, bound)
        return exp.EQ(this=self._engine.lowered(own), expression=bound(value.lower()))

    def _meant(self, name: str, field: str, value: str) -> list[str]:
        """The values of a column that a value of a query means."""
        held = self._values[name]
        if field == "actor" and value in held:
            return [value]
        needle = folded(value)
        return sorted(one for one in held if matches(field, needle, folded(one)))

    def as_text(self, name: str) -> exp.Expr:
        """A column, as text."""
        return column(name) if name in self._texts else self._engine.as_text(column(name))

    def _containing(self, value: str, bound: Parameters) -> exp.Expr:
        names = [
            *self.roles.of("title"),
            *self.roles.of("text"),
            *self.roles.of("actors"),
            *self.roles.of("place"),
        ]
        found = [self._like(self.as_text(name), value, bound) for name in dict.fromkeys(names)]
        return exp.paren(exp.or_(*found)) if found else exp.false()

    def _like(self, own: exp.Expr, value: str, bound: Parameters) -> exp.Expr:
        return self._engine.contains(self._engine.lowered(own), value.lower(), bound)

    def _at_hour(self, value: str, bound: Parameters) -> exp.Expr:
        if not self.roles.time.has_times:
            return exp.false()
        parts: list[exp.Expr | None] = []
        days = [day.lower() for day in WEEKDAYS]
        for part in folded(value).split():
            if part in days:
                day = self._engine.weekday(self.roles.time)
                parts.append(exp.EQ(this=day, expression=bound(days.index(part) + 1)))
            elif part.isdecimal():
                parts.append(exp.EQ(this=self._engine.hour(self.roles.time), expression=bound(int(part))))
            else:
                return exp.false()
        return conjunction(parts) or exp.false()

    def _at(self, value: str, bound: Parameters) -> exp.Expr:
        """The condition that a row is in all of some areas."""
        areas = [area_of(part) for part in value.split(TOGETHER)]
        if self.roles.degrees is None:
            return exp.false()
        return exp.and_(
            self.with_degrees(bound),
            *(exp.false() if area is None else self.in_area(area, bound) for area in areas),
        )

    def with_degrees(self, bound: Parameters) -> exp.Expr:
        """The condition that a row has coordinates on the earth."""
        parts = [
            exp.Between(this=each, low=bound(-most), high=bound(most))
            for each, most in zip(self._degrees(), (90.0, 180.0), strict=False)
        ]
        return conjunction(parts) or exp.false()

    def in_area(self, area: Area, bound: Parameters) -> exp.Expr:
        """The condition that a row is in an area."""
        lat, lon = self._degrees()
        south = exp.GTE(this=lat, expression=bound(area.south))
        north = exp.LT(this=lat.copy(), expression=bound(area.north))
        west = exp.GTE(this=lon, expression=bound(area.west))
        east = exp.LT(this=lon.copy(), expression=bound(area.east))
        is_across = area.west > area.east
        return exp.and_(south, north, exp.paren(exp.or_(west, east)) if is_across else exp.and_(west, east))

    def _degrees(self) -> Sequence[exp.Expr]:
        return () if self.roles.degrees is None else self.roles.degrees.expressions()

    def with_ids(self, ids: Collection[str], bound: Parameters) -> exp.Expr:
        """The condition that a row has one of some ids."""
        names = self.roles.of("id")
        if not ids or not names:
            return exp.false()
        return exp.In(this=self.as_text(names[0]), expressions=[bound(id_) for id_ in ids])

    def allows(self, asked: Asked) -> Callable[[Combination], bool] | None:
        """Whether rows with a combination of values meet what the cube holds of a question; None for all."""
        order = {name: place for place, name in enumerate(self._values)}
        alternatives: list[list[Callable[[Combination], bool]]] = []
        unwanted: list[Callable[[Combination], bool]] = []
        for query in asked.queries:
            wanted: dict[str, list[Callable[[Combination], bool]]] = {}
            for term in query:
                if term.field in FACETS and self._is_held(term):
                    test = self._test(term, order)
                    (unwanted if term.excluded else wanted.setdefault(term.field, [])).append(test)
            alternatives += wanted.values()
        if not alternatives and not unwanted:
            return None
        return lambda values: (
            all(any(test(values) for test in tests) for tests in alternatives)
            and not any(test(values) for test in unwanted)
        )

    def _test(self, term: Term, order: Mapping[str, int]) -> Callable[[Combination], bool]:
        columns = self.roles.searched(term.field)
        parts = []
        for value in term.value.split(TOGETHER) if term.field == "actor" else [term.value]:
            meant = {order[name]: frozenset(self._meant(name, term.field, value)) for name in columns}
            parts.append(meant)
        return lambda values: all(
            any(values[place] in allowed for place, allowed in meant.items()) for meant in parts
        )

    def days(self, asked: Asked) -> Callable[[int], bool] | None:
        """Whether rows on a day number meet what a cube holds of a question; None for all."""
        alternatives: list[list[tuple[int, int]]] = []
        unwanted: list[tuple[int, int]] = []
        for query in asked.queries:
            wanted: dict[str, list[tuple[int, int]]] = {}
            for term in query:
                if term.field in _DATES and self._is_held(term):
                    (unwanted if term.excluded else wanted.setdefault(term.field, [])).append(term.days)
            alternatives += wanted.values()
        if self.roles.known is None and asked.known_on is not None:
            alternatives.append([(BEGINNING, asked.known_on)])
        if not alternatives and not unwanted:
            return None
        return lambda day: (
            all(any(first <= day <= last for first, last in spans) for spans in alternatives)
            and not any(first <= day <= last for first, last in unwanted)
        )


def moments_of(term: Term) -> tuple[int, int]:
    """The first moment that a term of dates allows, and the one after the last."""
    first, last = term.days
    begin = start_of_day(max(first, FIRST_DAY))
    after = start_of_day(min(last, LAST_DAY) + 1)
    start, dots, end = term.value.partition("..")
    if (at := _time_of(start)) is not None and term.field != "until":
        begin = at[0]
    if (at := _time_of(end if dots else start)) is not None and term.field != "since":
        after = at[1]
    return begin, after


def _tells_time(term: Term) -> bool:
    return "T" in term.value and any(_time_of(part) is not None for part in term.value.split(".."))


def _time_of(text: str) -> tuple[int, int] | None:
    """The first moment of a date with a time of day, and the one after the last; None for other dates."""
    if "T" not in text:
        return None
    try:
        date = parse_date(text)
        form = date.form
    except DateError:
        return None
    if not isinstance(form, Moment) or form.time is None or date.earliest in (BEGINNING, END):
        return None
    time = form.time
    begin = start_of_day(date.earliest) + (time.hour * 3600 + time.minute * 60 + (time.second or 0)) * SECOND
    begin -= (time.offset or 0) * MICROS["minute"]
    return begin, begin + (MICROS["minute"] if time.second is None else SECOND)


def _part_of(own: exp.Expr, start: int, length: int) -> exp.Expr:
    return exp.Substring(this=own.copy(), start=exp.Literal.number(start), length=exp.Literal.number(length))
