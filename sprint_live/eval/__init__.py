"""How good a model is on what it was never trained on: does the picture keep to the lines and to the words,
and look real?

sketch, prompts -> engine.draw -> edges, colors, differences, collapse (one score a picture) -> intervals -> report,
sheet. pairs, painters -> pictures -> edge network's features -> distances to the real pictures of the same sketches ->
ratios. All but the distances is arithmetic on pixels that can be checked by hand; the distances ask the shipped edge
network. Whether a picture shows the noun it was asked for is left to the contact sheet.
"""
