"""Exit codes of the command."""

OK = 0
FOUND = 1  # errors in the content
USAGE = 2  # the command line cannot be meant as it stands
ENVIRONMENT = 3  # the disk, git or the network failed
