"""What the canvas and the engine share: the settings and the job of one drawing, the frame that comes out, the pin.
No torch.
"""
