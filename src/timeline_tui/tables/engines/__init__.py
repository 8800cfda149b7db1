"""One module for each engine: how it is reached, asked, and told to stop."""
