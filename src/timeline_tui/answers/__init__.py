"""A `TimelineView` comes in; an answer about the story goes out. Each question has a module."""
