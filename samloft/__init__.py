"""Samløft: agreement, goals, action plan, budget and results of Norwegian area programmes in one thread."""

__version__ = "0.1.0"
