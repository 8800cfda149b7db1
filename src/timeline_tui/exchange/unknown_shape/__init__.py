"""Files of a shape that nobody declared come in; the events, actors and sources recognised in them go out."""
