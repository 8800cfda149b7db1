"""A timeline file comes in; the file with a change goes out, written whole or not at all."""
