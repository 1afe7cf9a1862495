"""Training data: emoji cutouts -> composed scenes with true captions and human-like sketches."""
