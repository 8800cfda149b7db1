"""Columns of others' data come in; what each was taken for, and what makes events of entries, go out."""
