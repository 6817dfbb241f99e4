"""The goods of a purchase as a chain; `chain.read_chain` is where to begin."""
