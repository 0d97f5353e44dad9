"""Measurements on fixed input: see docs/reference/benchmarks.md."""
