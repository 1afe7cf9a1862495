"""A folder of weights to an engine: which number format, which device, checksums, LoRA."""
