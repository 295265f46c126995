"""One file a subject, each with a `router()`; what is in them says only what leads to what."""
