"""测评: votes held live — open, hand out slips, turnout, paper ballots, close before a witness, counts."""
