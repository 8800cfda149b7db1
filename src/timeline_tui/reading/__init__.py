"""The bytes of a YAML file come in; records, each with its line, and problems go out.

The only room that knows YAML.
"""
