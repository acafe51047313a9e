"""Settings of all tests: property tests draw the same examples every time, unless HYPOTHESIS_PROFILE=explore."""

import os

from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))
