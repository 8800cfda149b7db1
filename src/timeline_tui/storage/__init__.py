"""What is stored between two runs: indexes in the cache, and fingerprints of what the last visit saw.

Paths and finished databases come in; stored ones, or a notice why there are none, go out.
"""
