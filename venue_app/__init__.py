"""The venue application's core: everything but the windows. Nothing here knows Qt."""

__version__ = "0.1.0"
