"""The second laptop while it follows the event: how far it is, and the decision to take over."""
