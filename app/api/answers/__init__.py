"""Answers as the OpenAPI document describes them: a model for each, with words for every member; nothing is checked against them while serving."""
