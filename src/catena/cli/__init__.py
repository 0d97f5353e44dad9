"""The catena command."""


def main() -> None:
    """Entry point; filled by the command modules."""
