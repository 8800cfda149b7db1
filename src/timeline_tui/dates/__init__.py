"""Dates come in, as EDTF (ISO 8601-2) or as people write them.

Their earliest and latest days, their order and their wording go out.
"""
