"""Benchmarks: the time of a drawing and of its stages, the bounds of the hardware, and the machine that was measured.

    drawing.py     engine and baselines interleaved, in one run  work.py, rates.py  the roofline floor of each stage
    edits.py       a stroke more, instead of a new page          curves.py   against size, steps, dirty area, batch
    endurance.py   memory over thousands of drawings             plan.py     predicted gains beside measured ones

Knows: the engine, the pipeline, diffusers' own pipelines.  Must not know: sessions, sockets, the command line.
"""
