"""Files of other programs come in and go out.

`registry` knows every format; each format is a module or a package of its own.
"""
