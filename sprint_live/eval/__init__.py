"""How good a model is on drawings it was never trained on: does the picture keep to the lines and to the words?

sketch, prompts -> engine.draw -> edges, colours, differences (one score a picture) -> intervals -> report, sheet.
Every score is arithmetic on pixels, so it can be checked by hand; none asks a second network. Fréchet and kernel
distances are therefore not here, and whether a picture shows the noun it was asked for is left to the contact sheet.
"""
