"""Scripts that train the small models in the package, from data given by path."""
