"""The words of a command line come in; the work of one command and its exit code go out."""
