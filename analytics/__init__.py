"""Figures of the practice."""
