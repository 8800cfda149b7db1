"""Files of any other structure come in; the events, actors and sources that are recognised in them go out."""
