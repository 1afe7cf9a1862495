"""The live canvas on several GPUs or machines: replicas of the same app under Ray Serve. Needs the extra `cluster`.

Knows: the live app, Ray Serve.  Must not know: models, the internals of the engine.
"""
