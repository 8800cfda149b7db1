"""What the program costs, beside what the same machine asks for the least that could do it.

Figures drift with the machine, ratios hold: each is taken next to its floor, in the same run.
"""
