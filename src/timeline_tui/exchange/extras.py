"""Libraries that only some formats need, in the extra `timeline-tui[formats]`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from timeline_tui.exchange.contract import CannotImport

if TYPE_CHECKING:
    from types import ModuleType


def needed(module: str, what: str) -> ModuleType:
    """A library of the extra.

    Args:
        module: Its name.
        what: What it reads, as the beginning of a sentence: `an Excel workbook`.

    Raises:
        CannotImport: It is not installed; the text says what to do.
    """
    try:
        return import_module(module)
    except ImportError:
        raise CannotImport(f"this is {what}; to read it, install timeline-tui[formats]") from None
