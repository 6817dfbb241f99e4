"""What sites, codes, contacts and names say about Xinjiang; `readings.read_places` is where to begin."""
