"""The terminal: an app runs in it, keys are read from it, and it is always restored to its state before."""
