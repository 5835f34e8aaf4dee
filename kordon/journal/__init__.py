"""What happened: facts, the commands that record them, the sealed journal they lie in."""
