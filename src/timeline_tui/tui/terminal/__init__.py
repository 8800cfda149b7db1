"""The terminal: taken, suspended and left as it was found, whatever happens; keys read from it."""
