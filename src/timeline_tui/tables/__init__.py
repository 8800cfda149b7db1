"""The address of a table and a mapping come in; a `TableView` goes out, which an SQL engine answers for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.lazy import face

if TYPE_CHECKING:
    from timeline_tui.tables.address import table_address
    from timeline_tui.tables.table import Table
    from timeline_tui.tables.view import TableView
else:
    __getattr__ = face(__name__, {"Table": "table", "TableView": "view", "table_address": "address"})

__all__ = ["Table", "TableView", "table_address"]
