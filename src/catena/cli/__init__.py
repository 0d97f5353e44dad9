"""The catena command: one module a command, listed in `COMMANDS`.

Modules are imported when their command is called, so that `catena check` does not pay for the web server.
"""

from __future__ import annotations

import importlib
import sys

import click

from catena.cli.common import ExitCode
from catena.version import __version__

COMMANDS = {
    "open": "Read what is new in a folder and open the reader in the browser.",
    "build": "Read what is new in a folder into a project file.",
    "check": "Check the quotations of a text or file, without a project.",
    "show": "Show one document with its margin.",
    "list": "List the documents of a project.",
    "figures": "List the counts of one event side by side.",
    "timeline": "List the events that the documents report.",
    "voices": "List who speaks in a project, and all that one voice says.",
    "collate": "Line up the witnesses of a passage word by word.",
    "find": "Search a project, as documents or as a concordance.",
    "count": "Count words, keywords, neighbours, n-grams, time or voices.",
    "codes": "List the codebook of a project, or bring one in or out.",
    "agree": "Say how far coders agree.",
    "verify": "Derive a project again from its sources and say what no longer holds.",
    "merge": "Bring the work of another copy of a project into this one.",
    "import": "Take in a project of another program (REFI-QDA).",
    "dossier": "Write chosen passages as one HTML file that needs nothing else.",
    "export": "Write a project in an exchange format.",
    "restrict": "Show title and date only of some documents until they are opened.",
    "accounts": "List, add and remove the people who may use a served project.",
    "serve": "Serve a project to a small team with accounts.",
    "mcp": "Serve a project to a language model, for reading only.",
    "library": "List, add, show, check and remove reference texts.",
    "train": "Train the tagger of attributions on texts of your own.",
}


class _Commands(click.Group):
    """Finds the module of a command by its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"catena.cli.{cmd_name}_command")
        found: click.Command = module.command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="catena")
def cli() -> None:
    """Set a margin beside public statements: who says this, on whose word, does the wording hold.

    Everything stays on this machine. Exit codes: 0 done, 1 failed, 2 wrong use, 3 done but some files failed
    (with --strict), 4 something in the project no longer holds (catena verify).
    """


def main() -> None:
    """Run the command; errors that a person can act on are one line, not a traceback."""
    try:
        code = cli(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped; what was read is kept", err=True)
        sys.exit(ExitCode.FAILED)
    except BrokenPipeError:  # `catena list … | head`
        sys.stderr.close()
        sys.exit(ExitCode.DONE)
    sys.exit(code if isinstance(code, int) else ExitCode.DONE)
