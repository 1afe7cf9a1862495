"""The page without a server: the model's networks as ONNX graphs, and the static folder that holds them and the canvas.

Knows: the model, ONNX, the page's files.  Must not know: the engine, sessions, sockets.
"""
