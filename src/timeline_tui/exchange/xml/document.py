"""An XML document without entities, as elements whose names have no namespace."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from timeline_tui.exchange.contract import CannotImport
from timeline_tui.exchange.extras import needed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

LARGEST = 256_000_000
_DEEPEST = 500
_ROOT = re.compile(rb"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")


def root_name(start: bytes) -> str:
    """The name of the first element of XML, in lower case; empty if there is none."""
    match = _ROOT.search(re.sub(rb"<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\])?\s*>", b"", start, flags=re.DOTALL))
    return match[1].decode("ascii", "replace").lower() if match else ""


def parsed(data: bytes, what: str) -> Element:
    """The root of a document.

    Args:
        data: The file.
        what: What it is, for the message if the library is missing: `an RSS feed`.

    Raises:
        CannotImport: It is not valid XML, declares entities, or is too deep or too large.
    """
    if len(data) > LARGEST:
        raise CannotImport(f"the file is larger than the limit of {LARGEST // 1_000_000} MB")
    library = needed("defusedxml.ElementTree", what)
    faults = needed("defusedxml.common", what).DefusedXmlException
    try:
        root: Element = library.fromstring(bytes(data), forbid_dtd=False)
    except faults:
        raise CannotImport(
            "this XML declares entities, which can fill the memory; remove them first"
        ) from None
    except (ParseError, ValueError, LookupError) as error:
        raise CannotImport(f"this is not valid XML: {error}") from None
    except RecursionError:
        raise CannotImport("the elements of this XML are nested too deeply") from None
    _without_namespaces(root)
    return root


def _without_namespaces(root: Element) -> None:
    level = [root]
    for _ in range(_DEEPEST):
        level = [child for element in level for child in _named(element)]
        if not level:
            return
    raise CannotImport(f"the elements of this XML are nested more than {_DEEPEST} deep")


def _named(element: Element) -> Iterator[Element]:
    if isinstance(element.tag, str):
        element.tag = element.tag.rpartition("}")[2]
    yield from element


def text_in(element: Element, *paths: str) -> str:
    """The text of the first element at one of some paths, with all that is in it; empty if there is none."""
    for path in paths:
        found = element.find(path)
        if found is not None and (text := " ".join("".join(found.itertext()).split())):
            return text
    return ""
