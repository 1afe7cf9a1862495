"""Noise to a clean latent: the plain network and the fast one, with caches, folded text and CUDA graphs."""
