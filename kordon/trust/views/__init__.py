"""Pages of the trust store."""
