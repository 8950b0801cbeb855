"""What the tests of pictures share."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("pictures", deadline=None)  # the machines that test are busy
settings.load_profile("pictures")
