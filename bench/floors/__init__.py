"""The least that could do what the program does: what it is measured against."""

import sys

BARE_SHOWN = "Bare of all but this"
"""What `bare` shows."""
ROWS_SHOWN = "Row 1 of"
"""What `rows` shows."""
BARE = (sys.executable, "-m", "bench.floors.bare")
