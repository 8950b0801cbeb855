"""Works from IIIF manifests: who lists them, what they say, and where their pictures are."""
