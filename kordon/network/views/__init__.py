"""Pages about nodes, and the corner of every page of a post."""
