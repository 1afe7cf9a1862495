"""Measures everything worth knowing on a GPU, in chunks that can be stopped and resumed.

    chunks.py       what is measured, in which order, and how long each is expected to take
    engines.py      the engine of each model, made once, and what else the chunks share
    run.py          the files of a run: one JSON a chunk, and the report made of them
    walk.py         the paths of the engine for real, beside the same on the CPU
    each_switch.py  every switch with its gain and its error
    small.py        released models a hundred times narrower, for the walk and for dry runs
    summary.py      the table, the comparison with the paper and the plan, the plot

Knows: the engine, the other measurements.  Must not know: the command line.
"""
