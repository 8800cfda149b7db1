"""This program's own format: YAML and JSON come in, and are recognised; YAML and JSON go out."""
