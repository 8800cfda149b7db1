"""Views as pictures: a view, a window of time and a size come in; cells with looks and targets go out."""
