"""A training run of any network: loop, optimizers, processes, checkpoints, curves and acceptance."""
