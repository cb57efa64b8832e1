"""The room board: who is on the floor, the clock, the seats, and the one next step."""
