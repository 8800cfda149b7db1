"""A story of the file, or the events of a view, come in; steps go out, each a screen of lines with notes."""
