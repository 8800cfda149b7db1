"""What pages and pictures are made of: lines in styled pieces, symbols, axes of days and of figures.

Numbers and visible text come in; text with looks and targets goes out.
"""
