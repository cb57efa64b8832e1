"""What every other layer may use: clock, ids, paths, canonical bytes, sentences, known errors."""
