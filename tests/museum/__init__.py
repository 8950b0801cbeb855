"""A museum to test against: the Met's and the AIC's API and IIIF on this machine, with faults on request."""

from .faults import Faults
from .server import Museum
from .truth import Told

__all__ = ["Faults", "Museum", "Told"]
