"""What Kordon can do, measured, and what it claims, proven: one frame, one file each."""
