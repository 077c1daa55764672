"""Obstacles and improvements."""
