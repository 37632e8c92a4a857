"""Owns what stage and agent servers say, for making it (with pydantic); reading never imports this."""
