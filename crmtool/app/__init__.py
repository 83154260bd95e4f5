"""One function a command: wires the rooms together, injects git and clock."""
