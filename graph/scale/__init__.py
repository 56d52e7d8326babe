"""Ways to run a build beyond one process: one file an engine."""
