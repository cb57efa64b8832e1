"""Every widget in every state, on one page."""
