"""The command line: the same work without a window. `main` is `venue-app`."""

from venue_app.cli.main import main

__all__ = ["main"]
