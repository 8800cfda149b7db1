"""The bytes of a YAML file come in; records with their line numbers, and problems, go out.

Only this package knows YAML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.lazy import face

if TYPE_CHECKING:
    from timeline_tui.reading.reader import read_text, read_timeline
else:
    __getattr__ = face(__name__, {"read_text": "reader", "read_timeline": "reader"})

__all__ = ["read_text", "read_timeline"]
