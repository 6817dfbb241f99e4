"""The matcher: a submitted name is normalised, analysed, given candidates, aligned with them, and scored.

Stages, one file each: ``romanise`` (any script to Latin), ``normalise`` (a text to words), ``vocabulary`` (words of the list, how rare
they are and which are spelled nearly alike), ``index`` (the list's names as arrays), ``kernel`` (candidates and alignment, compiled),
``weights`` (what an alignment is worth), ``evidence`` (what other facts add), ``score`` (both, explained). ``data/`` holds the tables.
"""
