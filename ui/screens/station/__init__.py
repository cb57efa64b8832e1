"""The judge's and the observer's station: one lot at a time, kept on the device before it is sent."""
