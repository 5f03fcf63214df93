"""The verbs of the command: a module each, imported when its verb is asked for.

`run` takes what was parsed and gives the exit code.
"""
