"""The stations: every seat, its joining code, its device, and how to let it go."""
