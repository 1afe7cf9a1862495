"""Models by name, what they are made of, and how they are fetched, checked and fitted into memory."""
