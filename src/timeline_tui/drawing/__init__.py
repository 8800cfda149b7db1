"""What pages and pictures are made of: lines in parts, symbols, an axis of time.

Numbers and visible text come in; cells go out. No Textual here.
"""
