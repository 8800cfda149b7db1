"""Pictures of the HTML page for the documents, where Chromium is there: `python -m tools.draw_page`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from tests.support.browser import CHROMIUM, browser
from timeline_tui.exchange.html.page import write
from timeline_tui.loading.opened import open_timeline
from timeline_tui.timeline import View
from tools.make_pictures import ROOT, STORY, TODAY

_LOADED = """document.readyState === "complete" || new Promise(done => addEventListener("load", done))"""
_EARLIER = """(() => {
    const slider = document.getElementById("page_day");
    slider.value = days.findIndex(([words]) => words === "1 November 2024");
    slider.dispatchEvent(new Event("input"));
})()"""


class _Shot(NamedTuple):
    width: int
    height: int
    scheme: str
    script: str


SHOTS = {
    "page": _Shot(900, 1000, "light", _EARLIER),
    "page-phone": _Shot(400, 780, "dark", "document.getElementById('choe-lavrov-talks').scrollIntoView()"),
}


async def _shoot(page_file: Path, profile: Path, folder: Path) -> None:
    async with browser(profile) as page:
        for name, shot in SHOTS.items():
            await page.call(
                "Emulation.setDeviceMetricsOverride",
                width=shot.width, height=shot.height, deviceScaleFactor=1, mobile=shot.width < 600,
            )  # fmt: skip
            scheme = [{"name": "prefers-color-scheme", "value": shot.scheme}]
            await page.call("Emulation.setEmulatedMedia", features=scheme)
            await page.call("Page.navigate", url=page_file.as_uri())
            await page.run(_LOADED)
            await page.run(shot.script)
            (folder / f"{name}.png").write_bytes(await page.picture())


def main() -> None:
    """Make each picture of `SHOTS` in `docs/pictures`."""
    if CHROMIUM is None:
        print("Chromium is not here: the pictures of the page stay as they are", file=sys.stderr)  # noqa: T201
        return
    view = View(open_timeline(STORY, today=TODAY).index, today=TODAY)
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "page.html"
        file.write_text(write(view).text, encoding="utf-8")
        asyncio.run(_shoot(file, Path(name) / "profile", ROOT / "docs" / "pictures"))


if __name__ == "__main__":
    main()
