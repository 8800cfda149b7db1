"""Read a contested story in the terminal."""
