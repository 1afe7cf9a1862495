"""Tools, locks and arms."""
