"""Listed parties: the records of one party linked and merged, and all of them packed."""
