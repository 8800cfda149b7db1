"""How much work a piece of code does, whatever the speed and the load of the machine."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


class Calls:
    """The number of function calls, of Python and of C, that a block has made."""

    def __init__(self) -> None:
        self.count = 0

    def add(self, _frame: Any, what: str, _function: Any) -> None:  # noqa: ANN401  as `sys.setprofile` has it
        """Count a call; this is a profile function."""
        self.count += what in ("call", "c_call")


@contextmanager
def counted_calls() -> Iterator[Calls]:
    """Count the function calls of this thread while the block runs."""
    calls = Calls()
    before = sys.getprofile()
    sys.setprofile(calls.add)
    try:
        yield calls
    finally:
        sys.setprofile(before)
