"""GitHub and GitHub Enterprise: the API, what it says, webhook payloads and dumps."""
