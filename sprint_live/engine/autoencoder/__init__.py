"""Pixels to latents and back: encoder, decoder, small decoder, and the encoder that runs again only where the page
changed.
"""
