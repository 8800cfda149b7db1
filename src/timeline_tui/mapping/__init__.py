"""Columns of others' data come in; what each was taken for, and functions that make events of entries, go out."""
