"""Pages of the watchlist: ``alerts`` reading and writing them, ``editions`` of lists."""
