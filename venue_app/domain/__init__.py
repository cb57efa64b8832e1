"""The nouns of the venue, what can be asked for (commands) and what has happened (entries)."""
