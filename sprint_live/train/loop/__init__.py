"""One training run, whatever it trains: the loop, its optimizer, its processes, checkpoints, curves and acceptance."""
