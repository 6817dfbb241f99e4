"""Who is listed, who holds and controls whom, and how each party stands to the purchase."""
