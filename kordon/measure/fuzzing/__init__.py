"""Octets nobody meant, for every parser of foreign data: ``kordon prove fuzz``."""
