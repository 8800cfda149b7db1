"""A path comes in; an open timeline goes out, read by other processes, with its progress meanwhile."""
