"""Text from files and users comes in; text that is safe to show, folded or fitted into cells goes out.

Nothing here knows what a timeline is.
"""
