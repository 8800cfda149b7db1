"""A topic comes in; the page of the claims on it goes out: in time, on one scale, as answers."""
