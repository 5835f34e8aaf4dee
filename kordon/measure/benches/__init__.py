"""Figures: ``kordon bench NAME`` runs the ``measure`` of the file of that name."""
