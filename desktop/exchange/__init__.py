"""Importers and exporters, each with a preview of what it would do."""
