"""Records come in; an SQLite database that finds, counts and orders them goes out."""
