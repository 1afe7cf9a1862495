"""The engine: a sketch and a prompt in, a Frame out. Its parts are imported by name, so that Frame costs no torch.

Importing this package sets OMP_WAIT_POLICY=PASSIVE if nobody chose one and torch is not loaded yet: OpenMP reads it
once, when torch loads, so it cannot be an argument. By default idle threads spin, and while a browser or a second
program wants the same two cores a picture then took 3.0 to 7.6 s instead of 0.2 s; 10,000 and 1,000 spins still took
0.69 and 0.25 s (2 cores of an Zen 5 EPYC, one training run beside it).
"""

import os
import sys

if "torch" not in sys.modules:
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
