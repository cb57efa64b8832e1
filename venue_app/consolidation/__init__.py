"""Bundles of several venues of one selection brought together: each verified, all fitted, one ranking.

`run.consolidate` does all of it; `part` is one bundle examined, `fitting` says why bundles do not belong together,
`merging` makes one ranking of them, `output` writes it down.
"""
