"""Writes .xlsx: one row per event, in the columns of our CSV; days are days, which a sheet can sort."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import TYPE_CHECKING

from timeline_tui.errors import TimelineError
from timeline_tui.exchange import csv
from timeline_tui.exchange.contract import Exported
from timeline_tui.text.sanitize import visible

if TYPE_CHECKING:
    from types import ModuleType

    from timeline_tui.timeline.view import View

_LONGEST = 32_767
"""Characters that a cell of Excel holds."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST_DAY = date(1900, 3, 1)
"""Excel takes 1900 for a leap year, so that days before this are not what they seem."""
_DATES = ("date", "known")


def write(view: View) -> Exported:
    """A view as a workbook with one sheet, in its order.

    Raises:
        TimelineError: The library is not installed.
    """
    openpyxl = _library()
    names, rows, lost = csv.table(view)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("events")
    sheet.freeze_panes = "A2"
    sheet.append([_cell(openpyxl, sheet, visible(name)) for name in names])
    for row in rows():
        cells = []
        for name in names:
            text = row.get(name, "")
            if len(text) > _LONGEST:
                lost["texts that are cut at 32,767 characters"] += 1
                text = text[:_LONGEST]
            cells.append(_day(text) if name in _DATES and _is_day(text) else _cell(openpyxl, sheet, text))
        sheet.append(cells)
    held = io.BytesIO()
    book.save(held)
    return Exported("", +lost, data=held.getvalue())


def _library() -> ModuleType:
    try:
        import openpyxl  # noqa: PLC0415  an extra, for this format alone
        import openpyxl.cell  # noqa: PLC0415
    except ImportError:
        raise TimelineError("to write .xlsx, install timeline-tui[formats]") from None
    return openpyxl


def _cell(openpyxl: ModuleType, sheet: object, text: str) -> object:
    """A text that stays a text, even if it begins with `=`."""
    if not text:
        return None
    cell = openpyxl.cell.WriteOnlyCell(sheet, value=_without_controls(text))
    cell.data_type = "s"
    return cell


def _without_controls(text: str) -> str:
    """Text without the characters that XML does not allow."""
    return re.sub("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)


def _is_day(text: str) -> bool:
    if _DAY.fullmatch(text) is None:
        return False
    try:
        return _day(text) >= _FIRST_DAY
    except ValueError:
        return False


def _day(text: str) -> date:
    return date.fromisoformat(text)
