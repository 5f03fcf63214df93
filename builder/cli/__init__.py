"""The command `jixiao`: its words, its verbs, its exit codes.

In come the arguments of a command line, out go text on the terminal and an exit code. Nothing
is decided here: a verb asks the wings and tells what they answer.
"""
