"""What holds for every test."""

from __future__ import annotations

import os

from hypothesis import settings

# Sail speaks gRPC inside the process, and Spark's Java is started by a fork of it: without this gRPC's own handlers run
# in that child, where a poller without its file can end it before Java begins.
os.environ.setdefault("GRPC_ENABLE_FORK_SUPPORT", "0")

# No test fails for being slow: machines are noisy.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
