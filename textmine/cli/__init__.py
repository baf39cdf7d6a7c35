"""The commands: thin skins over functions of the same name.

Tables for people and progress go where they belong (stdout and stderr); `--json` prints one JSON
document on stdout and nothing else. Exit codes: 0 done, 1 done with some inputs refused, 2 wrong
usage or configuration, 3 failed with nothing changed.
"""

from textmine.cli.app import main

__all__ = ["main"]
