"""The path of a timeline comes in; the program, shown in browsers, goes out."""
