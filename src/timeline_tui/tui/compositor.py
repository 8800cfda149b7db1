"""A compositor that asks widgets only for the lines that have changed and can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual._compositor import Compositor
from textual.geometry import Region

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual._compositor import ChopsUpdate
    from textual.strip import Strip


class PartialCompositor(Compositor):
    """Textual's own asks every widget in the same container for all of its lines, to paint one of them."""

    _changed: tuple[Region, ...] = ()
    """What is being painted again; empty while all is painted."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """Paint what has changed."""
        self._changed = tuple(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._changed = ()

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        if not self._changed:
            yield from super()._get_renders(crop)
            return
        # The widgets come from the front to the back, and what is in front hides what is behind it.
        hidden: list[Region] = []
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            changed = [part for each in self._changed if (part := seen.intersection(each))]
            changed = [part for part in changed if not any(map(part.__eq__, map(part.intersection, hidden)))]
            if changed:
                rows = Region.from_union(changed)
                part = Region(seen.x, rows.y, seen.width, rows.height)
                hidden.append(part)
                yield part, part, widget.render_lines(part.translate(-region.offset))
