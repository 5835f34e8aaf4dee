"""One traveller from the booth to the end, by keyboard, in a real browser."""
