"""SQLite asked for a word in the index of a timeline and no more: `python -m bench.floors.query FILE WORD`.

Prints the seconds to the records of the first 50 rows and to the number of all, of a process of its own.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from pathlib import Path

_FIRST = (
    "SELECT blocks FROM body WHERE first IN (SELECT (SELECT max(first) FROM body WHERE first <= words.rowid)"
    " FROM words WHERE words MATCH ? LIMIT 50)"
)
_COUNT = "SELECT count(*) FROM words WHERE words MATCH ?"

if __name__ == "__main__":
    file, word = Path(sys.argv[1]), sys.argv[2]
    connection = sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)
    took = {}
    for name, statement in (("rows", _FIRST), ("count", _COUNT)):
        start = time.perf_counter()
        connection.execute(statement, (f'"{word}" *',)).fetchall()
        took[name] = time.perf_counter() - start
    print(json.dumps(took))
