"""Travel documents of a test authority of our own; published ones with what is right of them."""
