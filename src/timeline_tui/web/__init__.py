"""The program comes in; the same program in a browser on this machine goes out."""
