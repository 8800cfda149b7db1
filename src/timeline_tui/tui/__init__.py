"""In: an open timeline and keys. Out: a painted screen. Only this package imports Textual and Rich."""

import os

# A key can change the screen in two steps, and Textual paints at most this often. At its default of 60 times
# a second the second step would wait for up to 17 ms, longer than both steps take.
os.environ.setdefault("TEXTUAL_FPS", "250")
