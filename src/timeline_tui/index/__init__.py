"""Records come in; a SQLite database that finds, counts and orders them goes out.

Only this room and `storage` use sqlite3; the others catch `errors.DatabaseError`.
"""
