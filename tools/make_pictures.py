"""Draw the screens in the documents from the program itself: `make pictures`.

Each is the screen of the bundled timeline after some keys, as SVG; the first is a film of several screens. No
font is loaded from anywhere, and the day is fixed, so that the same program draws the same pictures.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import rich.console
from rich._export_format import CONSOLE_SVG_FORMAT
from textual.widgets import Input

from timeline_tui.dates.date import parse_date
from timeline_tui.loading.opened import open_timeline
from timeline_tui.storage.settings import Settings
from timeline_tui.timeline import View
from timeline_tui.tui.app import Start, TimelineApp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.pilot import Pilot

ROOT = Path(__file__).parents[1]
STORY = ROOT / "data" / "timeline.yaml"
TODAY = parse_date("2025-06-01").earliest
SIZE = (120, 32)
SECONDS = 3.5
"""How long each screen of the film stays."""
_QUIET_PASSES = 3
"""So many times in a row the screen must be the same."""

_DAY = ("t", *"2024-11-01", "enter", "j")
_CLOCK = ("v", *"2024-11-03", "enter")


class Scene(NamedTuple):
    """One screen of the film."""

    keys: tuple[str, ...]
    """Pressed after those of the scenes before."""
    caption: str


FILM = (
    Scene((), "A contested story in the terminal: events, actors, and what was said"),
    Scene((*_DAY,), "Each event with its status, quotes, claims and sources"),
    Scene(("w",), "w  one sentence as each outlet prints it, and where they part"),
    Scene(("escape", "c"), "c  every claim on one question, by speaker and day, on one scale"),
    Scene(("escape", *_CLOCK), "v  the story as it was known on 3 November 2024"),
    Scene(("v", "ctrl+u", "enter", "2"), "2  lanes: who was in what when"),
    Scene(("1", "x", "space"), "x  take a source away: what rests on it alone is struck"),
)
STILLS = {
    "wordings": (*_DAY, "w"),
    "claims": ("colon", *"claims troops-presence", "enter"),
    "known-on": (*_DAY, *_CLOCK),
    "sources": ("x", "space"),
    "present": ("P", "2", "enter"),
}
"""The other pictures by their names, with the keys that lead there."""


async def _settled(pilot: Pilot[None]) -> str:
    """Wait until the screen stays the same, and return it as SVG."""
    before, quiet = "", 0
    while quiet < _QUIET_PASSES:
        await pilot.pause()
        busy = any(not worker.is_finished for worker in pilot.app.workers)
        now = pilot.app.export_screenshot(title="timeline-tui", simplify=True)
        quiet = quiet + 1 if now == before and not busy else 0
        before = now
    return before


async def _screens(scenes: Sequence[Sequence[str]]) -> list[str]:
    """The screens of one run of the program after each of some rows of keys."""
    opened = open_timeline(STORY, today=TODAY)
    view = View(opened.index, today=TODAY)
    app = TimelineApp(opened, lambda _: view, Start(Settings()))
    found = []
    async with app.run_test(size=SIZE) as pilot:
        await _settled(pilot)
        for keys in scenes:
            for key in keys:
                await pilot.press({" ": "space", "-": "minus"}.get(key, key))
                await _settled(pilot)
            found.append(await _settled(pilot))
    return found


def _renamed(svg: str, name: str) -> str:
    """A drawing with names that no other drawing in the same file has."""
    svg = re.sub(r"terminal-\d+-", f"{name}-", svg)
    return re.sub(r"(?<=[ .\"])terminal-", f"{name}-", svg)


def film(frames: Sequence[str], captions: Sequence[str]) -> str:
    """Drawings of one size as one, of which each is shown in its turn; without motion only the first.

    Args:
        frames: The drawings.
        captions: What is said below each.
    """
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', frames[0])
    if box is None:
        raise ValueError("the drawing has no size")
    width, height = float(box[1]), float(box[2])
    total, share = SECONDS * len(frames), 100 / len(frames)
    style = (
        f".scene{{visibility:hidden;animation:turn {total}s step-end infinite}}"
        f"@keyframes turn{{0%{{visibility:visible}}{share:.3f}%{{visibility:hidden}}}}"
        "@media (prefers-reduced-motion:reduce){"
        ".scene{animation:none}.scene:first-of-type{visibility:visible}}"
        ".told{font:18px sans-serif;fill:#a9afb7}"
    )
    scenes = []
    for number, (frame, caption) in enumerate(zip(frames, captions, strict=True)):
        inner = _renamed(frame, f"scene{number}").replace(
            "<svg ", f'<svg width="{width}" height="{height}" ', 1
        )
        text = f'<text class="told" x="{width / 2}" y="{height + 26}" text-anchor="middle">{caption}</text>'
        scenes.append(f'<g class="scene" style="animation-delay:{number * SECONDS}s">{inner}{text}</g>')
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height + 40}" role="img">'
    told = "<title>timeline-tui: seven screens of the bundled story</title>"
    ground = '<rect width="100%" height="100%" fill="#14161b"/>'
    return f"{head}{told}<style>{style}</style>{ground}{''.join(scenes)}</svg>\n"


def main() -> None:
    """Draw every picture into `docs/pictures`."""
    plain = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    defaults = rich.console.Console.export_svg.__kwdefaults__ or {}
    setattr(rich.console.Console.export_svg, "__kwdefaults__", {**defaults, "code_format": plain})  # noqa: B010
    # A cursor that blinks would be in some pictures and not in others.
    setattr(Input, "_toggle_cursor", lambda _: None)  # noqa: B010
    folder = ROOT / "docs" / "pictures"
    folder.mkdir(exist_ok=True)
    frames = asyncio.run(_screens([scene.keys for scene in FILM]))
    (folder / "film.svg").write_text(film(frames, [scene.caption for scene in FILM]), encoding="utf-8")
    for name, keys in STILLS.items():
        (drawn,) = asyncio.run(_screens([keys]))
        (folder / f"{name}.svg").write_text(_renamed(drawn, name) + "\n", encoding="utf-8")


if __name__ == "__main__":
    import os

    with tempfile.TemporaryDirectory() as home:
        for name in ("HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
            os.environ[name] = home
        os.environ["COLORTERM"] = "truecolor"
        main()
