"""Fields of a timeline come in; records, and what was known of them on a day, go out.

Each field of the format is declared once, here. Nothing here reads a file.
"""
