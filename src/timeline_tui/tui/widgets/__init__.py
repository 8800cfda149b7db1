"""Widgets: each paints one part of the screen and says what was done to it."""
