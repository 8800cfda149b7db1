"""What the columns of a table are taken for, as the mapping says, in the types that the engine has."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple, NoReturn

from timeline_tui.errors import UsageError
from timeline_tui.mapping.columns import Mapping, Role, check_names, decide
from timeline_tui.mapping.key_names import plain_name
from timeline_tui.tables.degrees import Degrees, form_of
from timeline_tui.tables.moments import TimeColumn
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections import abc
    from collections.abc import Sequence

    from timeline_tui.tables.engines.base import EngineColumn

FACETS: Final[dict[str, Role]] = {
    "actor": "actors",
    "kind": "kind",
    "status": "status",
    "place": "place",
    "tag": "tags",
    "source": "source",
}
"""By field of the search language what its columns are taken for."""
_UNUSED: Final[dict[Role, str]] = {
    "end": "ends of its events",
    "time": "time of day apart from its date",
}
"""What a column of a table is not used for, in words."""
_NAMES_OF_BOTH: Final = frozenset(
    {"coordinates", "coordinate", "coords", "coord", "latlon", "latlng", "lat-lon", "lat-lng", "geo", "geom"}
    | {"geometry", "geo-point", "geopoint", "gps", "location", "position", "point", "lonlat", "lon-lat"}
)
"""Names of columns with latitude and longitude, as `plain_name()` gives them."""
_SECONDS, _MILLIS = (10**8, 5 * 10**9), (10**11, 5 * 10**12)
"""Numbers between these are seconds since 1970, or thousandths of them."""


class Roles(NamedTuple):
    """What each column is taken for."""

    time: TimeColumn
    template: str
    """The template of a title, `{kind}: {place}`; empty if it is a column."""
    columns: dict[Role, tuple[str, ...]]
    """By role the columns that have it."""
    known: TimeColumn | None = None
    degrees: Degrees | None = None
    """Where latitude and longitude are; None unless there are both."""

    def of(self, role: Role) -> tuple[str, ...]:
        """The columns with a role."""
        return self.columns.get(role, ())

    def searched(self, field: str) -> tuple[str, ...]:
        """The columns of a field of the search language."""
        return self.of(FACETS[field]) if field in FACETS else ()

    @property
    def shown(self) -> tuple[str, ...]:
        """The columns that a list shows, without the time."""
        roles: tuple[Role, ...] = (
            "title",
            "kind",
            "status",
            "place",
            "actors",
            "tags",
            "source",
            "known",
            "id",
        )
        return tuple(dict.fromkeys(name for role in roles for name in self.of(role)))


def roles_of(
    columns: Sequence[EngineColumn], sample: Sequence[Sequence[object]], chosen: abc.Mapping[Role, str]
) -> tuple[Mapping, Roles]:
    """What the columns of a table are taken for.

    Args:
        columns: The columns.
        sample: Some rows.
        chosen: What a person says.

    Raises:
        UsageError: No column is a date, or one that was named is not there.
    """
    names = [each.name for each in columns]
    values = {name: [row[place] for row in sample] for place, name in enumerate(names)}
    times = {each.name: time for each in columns if (time := _time(each, values[each.name]))}
    # Numbers are taken for times only where somebody says so, or the name does.
    rows = [
        {
            name: _text(value, times.get(name))
            for name, value in zip(names, row, strict=True)
            # What is not a number is not equal to itself.
            if value is not None and value == value  # noqa: PLR0124  as said
        }
        for row in sample
    ]
    _refuse_unused(chosen)
    mapping = decide(names, rows, chosen)
    check_names(mapping)
    typed = [each.name for each in columns if each.name in times and each.kind not in ("text", None)]
    dates = [name for name in mapping.of("date") if name in times] or ([] if "date" in chosen else typed)
    if not dates:
        asked = f"{one_line(chosen['date'])} holds no dates" if "date" in chosen else "no column is a date"
        hint = one_line(", ".join(times or names)[:300])
        raise UsageError(f"{asked}; say which one is, as in --map date=COLUMN. There are: {hint}")
    found: dict[Role, tuple[str, ...]] = {
        role: mapping.of(role)
        for role in ("title", "text", "actors", "place", "tags", "kind", "status", "source", "id")
    }
    known = next((times[name] for name in mapping.of("known") if name in times), None)
    found["known"] = (known.name,) if known is not None else ()
    found["date"] = (dates[0],)
    if not found["title"]:
        found["title"] = found["text"] or _wordiest(columns, values, mapping) or found["kind"] or (dates[0],)
    degrees = _degrees(mapping, values, chosen)
    if degrees is not None and degrees.form != "numbers" and "lat" not in chosen:
        mapping = _with_both(mapping, degrees.lat)
    return mapping, Roles(times[dates[0]], mapping.template("title"), found, known, degrees)


def _degrees(
    mapping: Mapping, values: abc.Mapping[str, Sequence[object]], chosen: abc.Mapping[Role, str]
) -> Degrees | None:
    """Where latitude and longitude are: in two columns of numbers, else in one of text.

    Raises:
        UsageError: A person has chosen a column that holds something else.
    """
    found: list[str] = []
    roles: tuple[Role, ...] = ("lat", "lon")
    both = mapping.of("lat")[:1]
    if both and "lat" in chosen and both == mapping.of("lon")[:1]:
        form = form_of(values[both[0]])
        return _refused("lat", chosen) if form is None else Degrees(both[0], both[0], form)
    for role in roles:
        names = [name for name in mapping.of(role) if _are_degrees(values[name])]
        if role in chosen and not names:
            _refused(role, chosen)
        found += names[:1]
    if len(found) == len(roles):
        return Degrees(found[0], found[1])
    return None if any(role in chosen for role in roles) else _in_one_column(mapping, values)


def _refused(role: Role, chosen: abc.Mapping[Role, str]) -> NoReturn:
    raise UsageError(
        f"--map {role}={one_line(chosen[role])}: this column holds no degrees. They are numbers, as 48.3, or"
        " lat and lon are the same column, with texts as 48.3, 37.5 or POINT(37.5 48.3) or points of GeoJSON"
    )


def _in_one_column(mapping: Mapping, values: abc.Mapping[str, Sequence[object]]) -> Degrees | None:
    """A column that is taken for nothing else and holds both; two numbers alone are so by their name too."""
    for each in mapping.columns:
        if each.taken_for not in (None, "place") or (form := form_of(values[each.name])) is None:
            continue
        if form in ("wkt", "geojson") or plain_name(each.name) in _NAMES_OF_BOTH:
            return Degrees(each.name, each.name, form)
    return None


def _with_both(mapping: Mapping, name: str) -> Mapping:
    """The same, with a column that has latitude and longitude."""
    told = tuple(
        each._replace(taken_for="lat", why="it holds latitude and longitude")
        if each.name == name and each.taken_for is None
        else each
        for each in mapping.columns
    )
    return replace(mapping, columns=told)


def _are_degrees(values: Sequence[object]) -> bool:
    held = [value for value in values if value is not None]
    return bool(held) and all(
        isinstance(value, int | float | Decimal) and not isinstance(value, bool) for value in held
    )


def _refuse_unused(chosen: abc.Mapping[Role, str]) -> None:
    """Raise UsageError if a person has chosen a column for what a row of a table does not have."""
    for role in chosen:
        if role in _UNUSED:
            raise UsageError(
                f"rows of a table have no {_UNUSED[role]}; save the table as CSV, and take its columns for"
                " that there"
            )


def _time(column: EngineColumn, values: Sequence[object]) -> TimeColumn | None:
    """How a column holds times; None if it holds none."""
    held = [value for value in values if value is not None]
    if column.kind not in ("text", None):
        return TimeColumn(column.name, column.kind)
    if column.kind is None:
        numbers = [
            value
            for value in held
            if isinstance(value, int | float | Decimal) and not isinstance(value, bool)
        ]
        if not numbers or len(numbers) < len(held):
            return None
        for kind, (least, most) in (("seconds", _SECONDS), ("millis", _MILLIS)):
            # What is not a number is not equal to itself, and cannot be compared.
            if all(number == number and least <= number <= most for number in numbers):  # noqa: PLR0124  as said
                return TimeColumn(column.name, "seconds" if kind == "seconds" else "millis")
        return None
    as_text = TimeColumn(column.name, "text")
    texts = [value for value in held if isinstance(value, str) and as_text.moment(value) is not None]
    if not texts or len(texts) * 2 < len(held):
        return None
    separator = next((text[10] for text in texts if len(text) > 10 and text[10] in "T "), "T")
    return TimeColumn(column.name, "text", separator)


def _wordiest(
    columns: Sequence[EngineColumn], values: abc.Mapping[str, Sequence[object]], mapping: Mapping
) -> tuple[str, ...]:
    """The column of text that is taken for nothing else and has the longest values."""
    free = {each.name for each in mapping.columns if each.taken_for is None}
    lengths = {
        each.name: sum(len(value) for value in values[each.name] if isinstance(value, str))
        for each in columns
        if each.kind == "text" and each.name in free
    }
    return (max(lengths, key=lambda name: lengths[name]),) if any(lengths.values()) else ()


def _text(value: object, time: TimeColumn | None) -> str:
    if time is not None and (edtf := time.edtf(value)):
        return edtf
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value).isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
