"""What ends a command before its work is done: told in one Chinese sentence, without a trace."""

from __future__ import annotations


class WrongUsage(Exception):
    """What was asked for cannot be meant as it stands: another command line will do."""


class EnvironmentFailed(Exception):
    """The disk, git or the network did not do its part: the command line is right."""
