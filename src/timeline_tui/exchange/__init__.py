"""Files of other programs come in and go out.

`registry` knows every format; each format is a module or a package of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.lazy import face

if TYPE_CHECKING:
    from timeline_tui.exchange.registry import FORMATS, read, write
else:
    __getattr__ = face(__name__, {"FORMATS": "registry", "read": "registry", "write": "registry"})

__all__ = ["FORMATS", "read", "write"]
