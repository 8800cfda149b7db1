"""How many examples a property is tried with: a few by default, all of them for `make test-deep`."""

from __future__ import annotations

import os

from hypothesis import settings

IS_DEEP = os.environ.get("TIMELINE_TUI_TESTS") == "deep"
_QUICK_SHARE, _FEWEST = 5, 10
_PROFILE = "deep" if IS_DEEP else "quick"

# Settings take what they do not say from the profile that is loaded when they are made.
settings.register_profile(_PROFILE, derandomize=True, deadline=None, max_examples=100 if IS_DEEP else 20)
settings.load_profile(_PROFILE)


def examples(deep: int) -> settings:
    """Settings of a property: `deep` examples in a deep run, otherwise a fifth of them, at least 10."""
    return settings(max_examples=deep if IS_DEEP else max(_FEWEST, deep // _QUICK_SHARE), deadline=None)


LAW = settings(max_examples=5_000 if IS_DEEP else 50, deadline=None)
"""Settings of a law of the clocks, tried with single records, where a case takes milliseconds."""
