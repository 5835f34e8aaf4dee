"""Pages: signing in, choosing a booth, and those of administrators and auditors."""
