"""Preparing an event: scheme, roster, rooms, imported scores, people present, and opening the run."""
