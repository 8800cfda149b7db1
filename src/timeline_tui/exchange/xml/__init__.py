"""XML that tells of events: feeds, maps, tracks and SIMILE timelines."""
