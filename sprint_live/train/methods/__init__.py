"""Other ways to one step: RCGM, TwinFlow and TBCM. Knows: networks, the loop.
Must not know: recipes, stages, the app.
"""
