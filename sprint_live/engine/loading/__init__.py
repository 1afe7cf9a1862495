"""Loading: from a folder of weights to an engine, with number format, device, checksums and LoRA."""
