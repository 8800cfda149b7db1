"""The sources of a `View` come in; BibLaTeX or CSL-JSON goes out."""
