"""A page of HTML as it is read: what is on it at a step of its clock, without a browser."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_VOID = {"meta", "input", "br", "hr", "line", "path", "rect"}


@dataclass
class Element:
    """An element, with its texts and elements in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inner: list[Element | str] = field(default_factory=list)

    def all(self, tag: str) -> Iterator[Element]:
        """The elements of that name in it, templates included."""
        for each in self.inner:
            if isinstance(each, Element):
                if each.tag == tag:
                    yield each
                yield from each.all(tag)


class _Tree(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.open = [Element("")]
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inner.append(made)
        if tag not in _VOID:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inner.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].inner.append(data)


@lru_cache(maxsize=2)
def _root_of(text: str) -> Element:
    """A page, read once for all of its steps; nobody changes it."""
    return _Tree(text).open[0]


class PageAt:
    """What a page shows at a step of its clock, by the rules that its script follows.

    Args:
        text: The page.
        step: The step; None for the page without its script.
    """

    def __init__(self, text: str, step: int | None = None) -> None:
        self.root = _root_of(text)
        self.step = step
        self.sources = {
            item.attributes["id"].removeprefix("s_"): item
            for item in self.root.all("li")
            if item.attributes.get("id", "").startswith("s_")
        }
        self._listed = {id(item) for item in self.shown("li")}

    def is_shown(self, element: Element) -> bool:
        """Whether an element is shown, as far as its own days decide."""
        if element.tag in ("script", "style") or "hidden" in element.attributes:
            return False
        if self.step is None:
            return element.tag != "template"
        spans = [tuple(map(int, span.split("-"))) for span in element.attributes.get("data-k", "0").split()]
        return any(span[0] <= self.step and (len(span) == 1 or self.step < span[1]) for span in spans)

    def shown(self, tag: str, within: Element | None = None) -> Iterator[Element]:
        """The elements of that name that are shown."""
        for each in (within or self.root).inner:
            if isinstance(each, Element) and self.is_shown(each):
                if each.tag == tag:
                    yield each
                yield from self.shown(tag, each)

    def text(self, within: Element | None = None) -> str:
        """The text that is shown, on one line; each number of a source is replaced by what the source is."""
        return " ".join("".join(self._texts(within or self.root)).split())

    def _texts(self, element: Element) -> Iterator[str]:
        for each in element.inner:
            if isinstance(each, str):
                yield self._cited(each) if element.tag == "sup" else each
            elif self.is_shown(each):
                yield from ("\n", *self._texts(each), "\n")

    def _cited(self, numbers: str) -> str:
        found = (self.sources[number] for number in re.findall(r"\d+", numbers))
        shown = (item for item in found if id(item) in self._listed)
        return " ".join(
            f"[{next((link.attributes['href'] for link in item.all('a')), '')}]" for item in shown
        )

    def articles(self) -> list[tuple[str, str]]:
        """Id and text of each event that is shown, in order."""
        return [
            (each.attributes.get("id") or each.attributes["data-id"], self.text(each))
            for each in self.shown("article")
        ]

    def items(self, name: str) -> list[str]:
        """The texts of the entries of the list of that name."""
        for section in self.shown("section"):
            if section.attributes.get("aria-labelledby") == f"list_{name}":
                return [self.text(item) for item in self.shown("li", section)]
        return []
