"""All records of a timeline come in.

Problems that only a comparison of records shows go out: broken references, doubtful dates, duplicates.
"""
