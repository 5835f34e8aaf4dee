"""Proofs: ``kordon prove NAME`` runs the ``measure`` of the file of that name."""
