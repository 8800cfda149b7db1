"""What every test of another program starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from peers.stories import STORIES, story_named
from tests.conftest import own_folders

if TYPE_CHECKING:
    from timeline_tui.view import View

__all__ = ["own_folders"]


@pytest.fixture(params=STORIES)
def story(request: pytest.FixtureRequest) -> View:
    """Each of the stories in turn."""
    return story_named(request.param)
