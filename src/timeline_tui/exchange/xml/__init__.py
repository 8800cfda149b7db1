"""XML with events: feeds, maps, tracks and SIMILE timelines."""
