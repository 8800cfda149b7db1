"""A `View` comes in; one HTML page goes out that needs no network."""
