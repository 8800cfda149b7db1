"""A `View` comes in; a report in Markdown goes out."""
