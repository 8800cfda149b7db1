"""A line in the search language comes in; a `Query` that indexes and views understand goes out."""
