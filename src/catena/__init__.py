"""catena: public statements with a margin beside the untouched text."""
__version__ = "0.1.0"
