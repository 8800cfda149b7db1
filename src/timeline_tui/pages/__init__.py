"""A `TimelineView` and a width come in; a page of lines goes out, for the screen and for `list --show`."""
