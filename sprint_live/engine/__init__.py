"""The engine: a sketch and a prompt in, a Frame out. Import its parts by name, so that Frame does not load torch.

Importing this package sets OMP_WAIT_POLICY=PASSIVE, unless it is set or torch is already loaded: OpenMP reads it once,
when torch loads, so it cannot be an argument. By default idle threads spin. While a browser or a second program used
the same two cores, a picture then took 3.0 to 7.6 s instead of 0.2 s; 10,000 and 1,000 spins still took 0.69 and 0.25 s
(2 cores of a Zen 5 EPYC, with one training run beside it).
"""

import os
import sys

if "torch" not in sys.modules:
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
