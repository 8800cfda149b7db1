"""What is kept between two runs: indexes in the cache, what the last visit saw.

Paths and finished databases come in; the same, or a notice, come out.
"""
