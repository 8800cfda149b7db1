"""A `View` comes in; the answer to one question about the story goes out, one module a question."""
