"""What every test of another program starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.register_assert_rewrite("peers.pages", "peers.programs")

from peers.stories import STORIES, story_named  # noqa: E402
from tests.conftest import new_homes, own_folders  # noqa: E402

if TYPE_CHECKING:
    from timeline_tui.timeline.view import View

__all__ = ["new_homes", "own_folders"]


@pytest.fixture(params=STORIES)
def story(request: pytest.FixtureRequest) -> View:
    """Each of the stories in turn."""
    return story_named(request.param)
