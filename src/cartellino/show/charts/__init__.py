"""One figure a module, in the house look; `cartellino.show.figures` is the way in."""
