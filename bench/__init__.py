"""The benchmark: how accurate, how fast and how large Karez is, measured beside peers in the same run (docs/benchmark.md)."""
