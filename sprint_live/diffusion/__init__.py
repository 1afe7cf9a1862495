"""The mathematics: TrigFlow, each conversion beside its named inverse, and the few-step sampler, a plain function."""
