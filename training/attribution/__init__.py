"""Training of the attribution tagger (needs the `train` extra: JAX). Nothing here is used when catena runs."""
