"""The mapped classes, one module per aggregate."""
