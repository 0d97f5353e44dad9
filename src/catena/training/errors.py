"""What can go wrong before or in training, with the next step in the message."""

from __future__ import annotations


class TrainingError(ValueError):
    """The data or the installation does not allow training. The message says what to do next."""
