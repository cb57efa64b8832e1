"""Looking back: an event's journal played on its room board and its big screen, for a hearing."""
