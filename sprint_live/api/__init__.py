"""What the canvas and the engine share: settings, job, frame and pin of one drawing. No torch."""
