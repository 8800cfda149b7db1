"""PyYAML's own parser, for where it was built without libyaml: the same events, more slowly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

if TYPE_CHECKING:
    from _typeshed import SupportsRead


class PureParser(Reader, Scanner, Parser):
    """Gives parse events by `get_event()`, as `yaml.cyaml.CParser` does.

    Unlike that, it takes no `?` in a text without quotation marks inside of brackets.
    """

    def __init__(self, stream: SupportsRead[bytes]) -> None:
        Reader.__init__(self, stream)
        Scanner.__init__(self)
        Parser.__init__(self)
