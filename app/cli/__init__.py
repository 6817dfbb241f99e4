"""The commands of ``karez``, one file for each kind."""
