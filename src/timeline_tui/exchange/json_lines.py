"""JSON with a value a line, or a list of values, of programs that say what each value means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.exchange import json_document
from timeline_tui.exchange.contract import CannotImport
from timeline_tui.exchange.decode import text_of
from timeline_tui.exchange.text_lines import TextLines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class JsonRows:
    """The values of a file of JSON Lines of any length, or of a list, which is held as a whole.

    Args:
        data: The file.
        may_be_windows: As for `TextLines`.

    Raises:
        CannotImport: It is empty, or not text.
    """

    def __init__(self, data: bytes | bytearray, *, may_be_windows: bool = False) -> None:
        self._lines = TextLines(data, may_be_windows=may_be_windows)
        self._data = data
        self._may_be_windows = may_be_windows
        self._is_list = next((line for line in self._lines if line.strip()), "").lstrip().startswith("[")
        self.guesses = self._lines.guesses
        self.done = 0
        """The bytes that were read so far."""

    def numbered(self, leave_out: Callable[[int, str], None]) -> Iterator[tuple[int, object]]:
        """The values in their order, each with its line, from 1; 0 for one of a list that is no object.

        Args:
            leave_out: Told of each line that is not JSON, with the reason.

        Raises:
            CannotImport: It is a list that is too large, or not JSON.
        """
        if self._is_list:
            found = text_of(bytes(self._data), json_document.LARGEST, may_be_windows=self._may_be_windows)
            self.done = len(self._data)
            whole = json_document.parsed(found.text)
            for value in whole if isinstance(whole, list) else ():
                yield getattr(value, "line", 0), value
            return
        for number, line in enumerate(self._lines, start=1):
            self.done = self._lines.done
            if not line or line.isspace():
                continue
            flat = json_document.flat_object(line, number)
            if flat is not None:
                yield number, flat
                continue
            try:
                yield number, json_document.parsed(line, number)
            except CannotImport as error:
                leave_out(number, str(error).removeprefix(f"line {number}, "))
