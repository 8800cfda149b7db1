"""Slips in other people's YAML that leave no doubt: a text that needs quotation marks is put into them.

Lines are never moved: what is found later in the text is found in the line that its author knows.
"""

from __future__ import annotations

import re

_VALUE = re.compile(r"(\s*(?:- +)*(?:[^\s#\-'\"\[{][^:#\n]*:|-) +)(\S.*)")
_ITEM = re.compile(r"( *)-(?:\s|\Z)")
_ASIDE = re.compile(r"\[[^\[\]]*\] *\w|\{[^{}]*\} *\w")
"""Brackets that are no list or map: `[Draft] A title`."""
_BLOCK = re.compile(r"[|>][0-9+\-]*\s*(?:#.*)?\Z")


def mended(lines: list[str], number: int) -> bool:
    """Put the value that begins in a line, or just above it, into quotation marks, with all of its lines.

    Args:
        lines: The lines of the file, without line ends; they are changed.
        number: The line that is no YAML, from 0.

    Returns:
        Whether there is such a value, and it had no quotation marks around it.
    """
    for start in range(min(number, len(lines) - 1), max(number - 20, -1), -1):
        match = _VALUE.fullmatch(lines[start])
        if match is None:
            if not lines[start].strip():
                return False
            continue
        head, value = match.groups()
        if _BLOCK.match(value) or _is_quoted(value) or (value[0] in "[{" and not _ASIDE.match(value)):
            return False
        _quote(lines, start, head, value)
        return True
    return False


def _is_quoted(value: str) -> bool:
    return re.fullmatch(r"'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"", value.strip()) is not None


def _quote(lines: list[str], start: int, head: str, value: str) -> None:
    indent = len(head) - len(head.lstrip(" "))
    end = start
    while end + 1 < len(lines) and _goes_on(lines[end + 1], indent):
        end += 1
    lines[start] = head + "'" + value.rstrip().replace("'", "''")
    for number in range(start + 1, end + 1):
        lines[number] = lines[number].rstrip().replace("'", "''")
    lines[end] += "'"


def _goes_on(line: str, indent: int) -> bool:
    """Whether a line belongs to the text above it, whose key is indented by `indent`."""
    inner = len(line) - len(line.lstrip(" "))
    return bool(line.strip()) and inner > indent and not _ITEM.match(line) and not _VALUE.fullmatch(line)


def without_item(lines: list[str], number: int) -> int:
    """Blank the item of the outermost list, or else the document, that a line belongs to.

    Args:
        lines: The lines of the file, without line ends; they are changed.
        number: The line that is no YAML, from 0.

    Returns:
        The line, from 0, that it began on; -1 if nothing would be left.
    """
    top = _border(lines, number, -1) + 1
    bottom = _border(lines, number + 1, 1)
    dashes = [at for at in range(top, bottom) if _ITEM.match(lines[at])]
    outermost = min((_indent(lines[at]) for at in dashes), default=0)
    starts = [at for at in dashes if _indent(lines[at]) == outermost]
    start, end = top, bottom
    if starts:
        if number < starts[0] or len(starts) < 2:
            return -1
        start = max(at for at in starts if at <= number)
        end = next((at for at in starts if at > start), bottom)
        end = next((at for at in range(start + 1, end) if _is_outside(lines[at], outermost)), end)
    elif top == 0 and bottom == len(lines):
        return -1
    if not any(line.strip() for line in lines[start:end]):
        return -1
    lines[start:end] = [""] * (end - start)
    return start


def _border(lines: list[str], number: int, step: int) -> int:
    """The line between two documents that is nearest to a line, above or below it."""
    at = min(number, len(lines) - 1)
    while 0 <= at < len(lines) and not lines[at].startswith(("---", "...")):
        at += step
    return at


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_outside(line: str, indent: int) -> bool:
    return bool(line.strip()) and _indent(line) < indent and not line.lstrip().startswith("#")
