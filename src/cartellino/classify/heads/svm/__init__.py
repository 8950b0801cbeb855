"""Support vector machines as a head."""
