"""What the benches of screening share: asking, figures of accuracy, peers."""
