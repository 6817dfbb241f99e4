"""The built-in reference edition: files of facts, each row with its citation and mark, read once into SQL."""

from app.reference.files import EDITION, PUBLISHED, digest, load_detention_sites, load_parties, load_rows

__all__ = ["EDITION", "PUBLISHED", "digest", "load_detention_sites", "load_parties", "load_rows"]
