"""Measuring: how long a drawing takes, where the time goes, what bounds it, and what it was measured on.

    drawing.py     engine and baselines interleaved, in one run     work.py, rates.py   the roofline floor of each stage
    edits.py       a stroke more, instead of a new page             curves.py           against size, steps, dirty area, batch
    endurance.py   memory over thousands of drawings                plan.py             predicted gains beside measured ones

Knows: the engine, the pipeline, diffusers' own pipelines.  Must not know: sessions, sockets, the command line.
"""
