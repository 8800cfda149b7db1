"""The errors that this program raises on purpose: one family."""

from __future__ import annotations


class TimelineError(Exception):
    """The base of every error this program raises on purpose; its text is fit for a user."""


class UsageError(TimelineError):
    """The command line asks for something that cannot be done."""


class AlreadyThere(TimelineError):  # noqa: N818  reads as what it says
    """A file is there already and may not be replaced."""


class BrokenOff(TimelineError):  # noqa: N818  reads as what it says
    """A process that was reading has ended before its time."""


class NotYet(TimelineError):  # noqa: N818  reads as what it says
    """It is being found out, and will be known when the screen is told so."""


class Overtaken(TimelineError):  # noqa: N818  reads as what it says
    """What was being worked out is not wanted any more."""
