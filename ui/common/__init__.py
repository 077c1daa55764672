"""What the pages share: painters, inputs, tables and dialogs."""
