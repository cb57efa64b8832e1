"""Sealing: counts that must add up, forms to print, the bundle for the notary, checking a file, and the close."""
