"""见证: the journal as it grows, its head to be copied, and what waits for a witness's signature."""
