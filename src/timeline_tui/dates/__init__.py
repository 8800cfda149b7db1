"""Dates as people and EDTF (ISO 8601-2) write them come in.

Their earliest and latest days, their order and their wording go out.
"""
