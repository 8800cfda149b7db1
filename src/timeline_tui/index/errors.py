"""What a database raises, under names that need no sqlite3 outside this room."""

from sqlite3 import Error as DatabaseError
from sqlite3 import OperationalError as Interrupted

__all__ = ["DatabaseError", "Interrupted"]
