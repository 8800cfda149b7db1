"""This program's own format, as YAML and as JSON, written and recognised."""
