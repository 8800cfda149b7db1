"""An index, a query and clocks come in; a `View` goes out, the one value that everything shows."""
