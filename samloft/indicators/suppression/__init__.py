"""Protection of small numbers in what everyone may read: see docs/decisions for the method and its limits."""
