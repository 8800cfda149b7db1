"""Telegram's export as HTML: pages of messages with sender and exact time."""

from __future__ import annotations

from html.parser import HTMLParser

from timeline_tui.dates.lenient import edtf_of
from timeline_tui.exchange.contract import CannotImport, Imported
from timeline_tui.exchange.decode import text_of, title_of
from timeline_tui.exchange.gathering import Gathering

_LARGEST = 256_000_000
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905


def is_export(start: bytes) -> bool:
    """Whether HTML begins as a page that Telegram exported."""
    return b"Exported Data" in start[:2000] or b'class="message default' in start


def read(data: bytes, name: str) -> Imported:
    """The messages of a page.

    Raises:
        CannotImport: It has no messages.
    """
    reader = _Reader()
    reader.feed(text_of(data, _LARGEST).text)
    reader.close()
    if not reader.gathered.events:
        raise CannotImport("this page of Telegram has no messages")
    return reader.gathered.imported(reader.title or title_of(name))


class _Reader(HTMLParser):
    """Gathers messages while the page is read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.gathered = Gathering("telegram")
        self.title = ""
        self._classes: list[str] = []
        self._texts: dict[str, str] = {}
        self._sender = ""
        self._date = ""
        self._line = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A part of the page begins."""
        if tag == "br":
            self.handle_data("\n")
        if tag in _VOID:
            return
        given = dict(attrs)
        classes = given.get("class") or ""
        if "message" in classes.split() and tag == "div":
            self._finish()
            self._line = self.getpos()[0]
        if "date" in classes.split() and given.get("title"):
            self._date = given["title"] or ""
        self._classes.append(classes)

    def handle_endtag(self, tag: str) -> None:
        """A part of the page ends."""
        if tag not in _VOID and self._classes:
            self._classes.pop()

    def handle_data(self, data: str) -> None:
        """Text of the innermost part with a name."""
        part = next((each for each in reversed(self._classes) if each), "")
        for name in ("from_name", "text", "body details", "media_wrap"):
            if name in part:
                self._texts[name] = self._texts.get(name, "") + data
                if name == "text" and "bold" in part and not self.title and not self._line:
                    self.title = data.strip()
                return

    def close(self) -> None:
        """The page has ended."""
        super().close()
        self._finish()

    def _finish(self) -> None:
        texts = {
            name: "\n".join(line.strip() for line in text.strip().splitlines())
            for name, text in self._texts.items()
        }
        if self._line and self._date:
            self._sender = texts.get("from_name", "").split("\n")[0] or self._sender
            self.gathered.lost["media of messages"] += "media_wrap" in texts
            self.gathered.add(
                self._line,
                edtf_of(self._date),
                texts.get("text") or "(no text)",
                written=self._date,
                kind="message",
                actors=[self._sender] if self._sender else [],
            )
        elif self._line and texts:
            self.gathered.lost["notices without a time"] += 1
        self._texts, self._date = {}, ""
