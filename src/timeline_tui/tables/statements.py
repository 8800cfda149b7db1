"""What statements are made of: names that are quoted, and values that are passed beside the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Parameters:
    """The values of a statement, each passed beside its text under a name of ours."""

    def __init__(self) -> None:
        self.values: dict[str, object] = {}
        """By name."""

    def __call__(self, value: object) -> exp.Placeholder:
        """The placeholder of a value in the statement."""
        name = f"p{len(self.values)}"
        self.values[name] = value
        return exp.Placeholder(this=name)


def column(name: str) -> exp.Column:
    """A column, quoted."""
    return exp.column(name, quoted=True)


def conjunction(parts: Iterable[exp.Expr | None]) -> exp.Expr | None:
    """All of several conditions; None if there are none."""
    found = [part.copy() for part in parts if part is not None]
    return exp.and_(*found, copy=False) if found else None


def after(columns: Sequence[exp.Expr], values: Sequence[exp.Expr], *, or_same: bool) -> exp.Expr:
    """The condition that a row comes after another one in the order of some columns.

    Args:
        columns: By which rows are sorted.
        values: Those of the other row.
        or_same: Whether it may be that row.
    """
    first, value = columns[0], values[0]
    if len(columns) == 1:
        return (exp.GTE if or_same else exp.GT)(this=first.copy(), expression=value.copy())
    rest = after(columns[1:], values[1:], or_same=or_same)
    same = exp.and_(exp.EQ(this=first.copy(), expression=value.copy()), rest, copy=False)
    # The first part alone is what an index or the statistics of a file can use.
    return exp.and_(
        exp.GTE(this=first.copy(), expression=value.copy()),
        exp.or_(exp.GT(this=first.copy(), expression=value.copy()), same, copy=False),
        copy=False,
    )
