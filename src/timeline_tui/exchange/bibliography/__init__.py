"""A view comes in; its cited sources go out as BibLaTeX or CSL-JSON."""
