"""The hosts that workspaces lie on: requests, comments, statuses and issues, by their APIs."""
