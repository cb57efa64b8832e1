"""The program as a whole: from the start page to an open event with all its screens, and back."""
