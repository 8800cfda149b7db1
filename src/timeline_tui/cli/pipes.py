"""What a shell passes on as `<(command)`: a pipe with a name, read as standard input is."""

from __future__ import annotations

import os
import re
import stat

_PIPE = re.compile(r"/(?:dev|proc/self)/fd/[0-9]{1,4}")


def with_pipes(words: list[str]) -> list[str]:
    """The words of a command line with `-` for a pipe, which becomes standard input.

    Only one can: of several, the others stay as they are, and are refused as any pipe with a name.
    """
    for at, word in enumerate(words):
        if _PIPE.fullmatch(word) is None:
            continue
        try:
            if stat.S_ISFIFO(os.stat(word).st_mode):  # noqa: PTH116  the words of a command line, as they are
                descriptor = os.open(word, os.O_RDONLY)
                os.dup2(descriptor, 0)
                os.close(descriptor)
                return [*words[:at], "-", *words[at + 1 :]]
        except OSError:
            return words
    return words
