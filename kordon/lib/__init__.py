"""What is true without us: libraries without framework, clock, network or disk."""
