"""The pure core: a library in its own right; `engine.Engine` is where to begin."""
