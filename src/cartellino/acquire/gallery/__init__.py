"""A gallery that paints itself: six invented schools, and a catalogue as untidy as a real one.

It exists so that the main job can be tried anywhere. Nobody should mistake it for art history.
"""

from cartellino.acquire.gallery.paint import Painted, paint

__all__ = ["Painted", "paint"]
