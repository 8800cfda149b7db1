"""A view comes in; a report in Markdown goes out."""
