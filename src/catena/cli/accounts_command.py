"""`catena accounts P.catena …`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from catena.accounts import ROLES, Accounts
from catena.cli.common import fail, json_option, print_json


@click.group("accounts")
def command() -> None:
    """Who may use a project that `catena serve` serves: list, add and remove accounts. Needs the extra `serve`."""


_project = click.argument("project", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@command.command("list")
@_project
@json_option
def list_(project: Path, as_json: bool) -> None:
    """List the accounts of PROJECT with their roles."""
    try:
        found = Accounts.of(project).all()
    except ValueError as error:
        raise fail(str(error)) from error
    if as_json:
        print_json({"name": account.name, "role": account.role} for account in found)
        return
    for account in found:
        click.echo(f"{account.name}: {account.role}")
    if not found:
        click.echo(f"no accounts; add one with: catena accounts add {project.name} NAME --role manage")


@command.command("add")
@_project
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), required=True, help="What the person may do.")
@click.option("--keep-password", is_flag=True, help="Change the role only, of an account that is there.")
def add(project: Path, name: str, role: str, keep_password: bool) -> None:
    """Add NAME to PROJECT, or change role and password. The password is asked for, or read from standard input."""
    try:
        Accounts.of(project).put(name, role, None if keep_password else _ask())
    except (ValueError, ImportError, OSError) as error:
        raise fail(str(error)) from error
    click.echo(f"{name}: {role}")


@command.command("remove")
@_project
@click.argument("name")
def remove(project: Path, name: str) -> None:
    """Take the account NAME away; its sessions end, what the person noted stays."""
    try:
        Accounts.of(project).remove(name)
    except (ValueError, OSError) as error:
        raise fail(str(error)) from error
    click.echo(f"{name}: removed")


def _ask() -> str:
    """Never from the command line: other users of the machine could read it there."""
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\n")
