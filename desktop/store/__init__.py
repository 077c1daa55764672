"""The workspace: engines, transactions, projections, migrations, backups."""
