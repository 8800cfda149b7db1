"""Textual's bindings, made from the declared commands."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from timeline_tui.tui.keys import Pane, commands


def bindings(*panes: Pane) -> list[BindingType]:
    """The bindings of `panes`, for a widget's or screen's `BINDINGS`."""
    return [
        Binding(
            command.keys,
            command.action,
            command.footer or command.does,
            show=bool(command.footer),
            key_display=command.shown.split()[0],
            tooltip=command.does,
            id=command.action,
            priority=command.priority,
        )
        for pane in panes
        for command in commands(pane)
    ]
