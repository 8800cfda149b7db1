"""An XML document without entities, as elements whose names have no namespace."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from timeline_tui.exchange.contract import CannotImport
from timeline_tui.exchange.extras import needed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from xml.etree.ElementTree import Element

_DEEPEST = 500
_ROOT = re.compile(rb"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")


def root_name(start: bytes) -> str:
    """The name of the first element of XML, in lower case; empty if there is none."""
    match = _ROOT.search(re.sub(rb"<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\])?\s*>", b"", start, flags=re.DOTALL))
    return match[1].decode("ascii", "replace").lower() if match else ""


class Document:
    """An XML document that is read element by element, and never held as a whole.

    Args:
        data: The file.
        what: What it is, for the message if the library is missing: `an RSS feed`.
    """

    def __init__(self, data: bytes | bytearray, what: str) -> None:
        self._data = data
        self._what = what
        self.guesses: list[str] = []
        self.done = 0

    def read(self, size: int) -> bytes:
        """The next bytes, for the parser."""
        block = bytes(self._data[self.done : self.done + size])
        self.done += len(block)
        return block

    def elements(self, whole: Collection[str]) -> Iterator[tuple[list[str], Element]]:
        """Each element that ends, with the names of those around it; then it is forgotten.

        Args:
            whole: The names of elements that come with all that is in them, which does not come by itself.
                All other elements come without what is in them.

        Raises:
            CannotImport: It is not valid XML, declares entities, or is too deep.
        """
        library = needed("defusedxml.ElementTree", self._what)
        faults = needed("defusedxml.common", self._what).DefusedXmlException
        self.done = 0
        try:
            yield from _ended(library.iterparse(self, ("start", "end"), forbid_dtd=False), whole)
        except faults:
            raise CannotImport(
                "this XML declares entities, which can fill the memory; remove them first"
            ) from None
        except (ParseError, ValueError, LookupError) as error:
            raise CannotImport(f"this is not valid XML: {error}") from None


def _ended(
    events: Iterable[tuple[str, Element]], whole: Collection[str]
) -> Iterator[tuple[list[str], Element]]:
    open_: list[Element] = []
    inside = 0
    for event, element in events:
        if event == "start":
            element.tag = element.tag.rpartition("}")[2]
            open_.append(element)
            inside += element.tag in whole
            if len(open_) > _DEEPEST:
                raise CannotImport(f"the elements of this XML are nested more than {_DEEPEST} deep")
            continue
        open_.pop()
        inside -= element.tag in whole
        if not inside:
            yield [each.tag for each in open_], element
            element.clear()
            if open_:
                open_[-1].remove(element)


def text_in(element: Element, *paths: str) -> str:
    """The text of the first element at one of some paths, with all that is in it; empty if there is none."""
    for path in paths:
        found = element.find(path)
        if found is not None and (text := " ".join("".join(found.itertext()).split())):
            return text
    return ""
