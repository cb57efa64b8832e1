"""The draw: who contributes, the list, the order, and how anybody can check it."""
