"""Scores a model on drawings it was never trained on: does it follow the lines and the prompt, and look real?

sketch, prompts -> engine.draw -> edges, colors, differences, collapse (one score per picture) -> intervals -> report,
sheet. pairs, painters -> pictures -> features of the edge network -> distances to the real pictures of the same
sketches -> ratios. Everything except the distances is arithmetic on pixels that can be checked by hand; the distances
use the shipped edge network. Whether a picture shows the noun of its prompt is left to a look at the contact sheet.
"""
