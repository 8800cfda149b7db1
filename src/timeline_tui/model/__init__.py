"""The records of the format, each field declared once, and the problems that a file can have.

Plain values go in and out; nothing here reads a file.
"""
