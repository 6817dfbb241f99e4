"""What statements and descriptions say; `readings.read_texts` is where to begin."""
