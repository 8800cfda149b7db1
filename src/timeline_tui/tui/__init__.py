"""Everything that paints: the only package that imports Textual and Rich."""
