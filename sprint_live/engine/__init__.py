"""The engine: a sketch and a prompt in, a Frame out. Its parts are imported by name, so that Frame costs no torch."""
