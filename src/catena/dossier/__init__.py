"""A dossier: chosen passages with their margin, evidence and hashes in one HTML file that needs nothing else."""

from catena.dossier.choosing import Choice, Dossier, Passage, Quoted, choose
from catena.dossier.page import to_html

__all__ = ["Choice", "Dossier", "Passage", "Quoted", "choose", "to_html"]
