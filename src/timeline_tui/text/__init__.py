"""Text that somebody wrote comes in; text safe to show, folded for search, fitted into cells goes out.

Nothing here knows what a timeline is.
"""
