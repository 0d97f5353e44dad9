"""The quality gate: the detectors held against what a careful reader marked in the examples."""
