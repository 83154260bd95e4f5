"""click: parse, call one function of `app`, print; one error boundary."""

from crmtool.cli.main import main

__all__ = ["main"]
