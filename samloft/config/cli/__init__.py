"""The command line of Samløft: `samloft COMMAND …`."""

from samloft.config.cli.frame import main

__all__ = ["main"]
