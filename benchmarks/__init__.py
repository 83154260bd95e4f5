"""What measures the project: synthetic workspaces and the programs that time them."""
