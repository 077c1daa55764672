"""The mapped tables, and the revisions workspaces were already made with.

A change to the tables is a revision of its own: statements beside the last ones in
`desktop/store/migrations/versions`, for both databases.
"""

import importlib
import pkgutil

from sqlalchemy import MetaData

from desktop import entities
from desktop.entities.base import Base

FROZEN = {
    "0001_postgresql.sql": (
        "ce4b8216f865246860b49b6667cd0afef6fe24cbe9c96692241546247eab912a"
    ),
    "0001_sqlite.sql": (
        "b49952480363ae55d991b151a4de7e4b61e4c6a4d15654b091cd7c6869e80afd"
    ),
    "0002_postgresql.sql": (
        "8e6e2546f97f126f3b80bd5d0a2569fe19607a0cff2f176b7e20733d64ee7ae2"
    ),
    "0002_sqlite.sql": (
        "51585bfa250a72de0e46052e4b764fa391a2ba227af77a0b828190ad344e0042"
    ),
    "0003_postgresql.sql": (
        "9e294bd2bb86805fb776a85c1521ecb6002d8d08fa618d28631180a769562ef9"
    ),
    "0003_sqlite.sql": (
        "85598f2ca7f3843ba4c7b00d535b4de48e3dcb28d0ac01d8282b285a00273763"
    ),
    "0004_postgresql.sql": (
        "fd28fed91fdcc80e55c2bf4b1313a9878b92fd2403177678ec02e48550ef1897"
    ),
    "0004_sqlite.sql": (
        "7a4550eeb152137648f7feba26550228343ee842d88eb4f3f1fc5465ee743b74"
    ),
    "0005_postgresql.sql": (
        "ea530b58533df48ae6902b8236403d455ee83b09c18414dbcf8f42c464dddc7d"
    ),
    "0005_sqlite.sql": (
        "8e65ed509244d90f8689a3781164da17e9bbf730b5a21b777c0802081a94b2d8"
    ),
    "0007_postgresql.sql": (
        "cb7a7ab51598f0229e07c892078ca37e90c76c58da47abf1b6767b76f28d1669"
    ),
    "0007_sqlite.sql": (
        "7ffa143899b737ebc713b32274d4ae806c4b79231246cb656faa7630767d1bc0"
    ),
}
"""What the statements of each revision are, by their SHA-256."""


def metadata() -> MetaData:
    """Give the tables of every mapped class."""
    for module in pkgutil.iter_modules(entities.__path__):
        importlib.import_module(f"desktop.entities.{module.name}")
    return Base.metadata
