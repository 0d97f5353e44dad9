"""What documents share: passages that stand in more than one of them, with the differences word by word."""

from catena.transmission.fingerprint import Fingerprint, fingerprint
from catena.transmission.shared import MAKER, find_shared

__all__ = ["MAKER", "Fingerprint", "find_shared", "fingerprint"]
