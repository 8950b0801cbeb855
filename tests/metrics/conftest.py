"""Settings of these tests."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("calm", deadline=None)  # the machines that test are busy
settings.load_profile("calm")
