"""What holds for every test."""

from __future__ import annotations

import os

# Sail speaks gRPC inside the process, and Spark's Java is started by a fork of it: without this gRPC's own handlers run
# in that child, where a poller without its file can end it before Java begins.
os.environ.setdefault("GRPC_ENABLE_FORK_SUPPORT", "0")
