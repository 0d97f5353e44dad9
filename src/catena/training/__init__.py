"""Training of the attribution tagger: needs the extra `train` (JAX). Nothing here is used when catena runs."""
