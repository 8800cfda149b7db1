"""The bytes of a YAML file come in; records with their line numbers, and problems, go out.

Only this package knows YAML.
"""
