"""Everything that paints: the only package that imports Textual and Rich."""

import os

# One key can change the screen in two steps, and Textual paints no more often than this. At its usual 60
# times a second the second step waits for up to 17 ms, longer than both of them take.
os.environ.setdefault("TEXTUAL_FPS", "250")
