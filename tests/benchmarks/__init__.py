"""What the program costs, measured beside the floor and beside others."""
