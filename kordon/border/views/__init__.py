"""Pages of both lines: a view reads the form, calls once, draws."""
