"""From findings to ratings: dated rules, evidence that lowers, and a buyer's own policy on top."""
