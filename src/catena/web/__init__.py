"""The reader: pages served on this machine only, that read and search with JavaScript off."""

from catena.web.app import create_app
from catena.web.serving import serve, serve_team

__all__ = ["create_app", "serve", "serve_team"]
