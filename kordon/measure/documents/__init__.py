"""Travel documents of a test authority of our own, and published ones with what is right of them."""
