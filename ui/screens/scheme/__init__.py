"""The plan in a form: a preset or a file, its common numbers, and beside them the plan in plain words."""
