"""What would change a rating, as real edits of the submission."""
