"""Who may use a project that is served to a small team: names, password hashes and roles.

They lie in a file of their own beside the project (`P.catena.accounts`, readable by its owner only), so that no hash
travels when the project is copied. Hashes are argon2id (extra `serve`). Roles are an ordered ladder: *read*, *code*
(also notes and kept searches), *manage* (also the codebook and decisions).
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

ROLES = ("read", "code", "manage")
SHORTEST = 12  # characters of a password: length is what counts against guessing
LONGEST = 1024  # characters: more is no password but an attempt to keep the server busy
_MISSING = "the package argon2-cffi is missing; install it with: pip install 'catena[serve]'"


@dataclass(frozen=True, slots=True)
class Account:
    """One person. `stamp` changes with the password or role: sessions begun before then have ended."""

    name: str
    role: str
    hash: str
    stamp: str

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise ValueError(f"there is no role {self.role!r}; allowed: {', '.join(ROLES)}")
        if not self.name.strip() or len(self.name) > 80 or not self.name.isprintable():
            raise ValueError("a name has 1 to 80 printable characters")

    def may(self, role: str) -> bool:
        """True when this account has `role` or one above it."""
        return ROLES.index(self.role) >= ROLES.index(role)


class Accounts:
    """The accounts of one project. Read anew whenever the file has changed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: tuple[int, int] | None = None
        self._held: dict[str, Account] = {}

    @classmethod
    def of(cls, project: Path) -> Accounts:
        """The accounts beside a project file."""
        return cls(project.with_name(project.name + ".accounts"))

    def all(self) -> tuple[Account, ...]:
        """Every account, by name. Raises `ValueError` for a damaged file."""
        return tuple(account for _, account in sorted(self._load().items()))

    def get(self, name: str) -> Account | None:
        """The account called `name`, or `None`."""
        return self._load().get(name)

    def put(self, name: str, role: str, password: str | None = None) -> Account:
        """Add an account, or change role or password of one. Raises `ValueError` for a short password or no such role.

        `password` may be `None` for an account that is there already.
        """
        held = self._load()
        old = held.get(name)
        if password is None and old is None:
            raise ValueError(f"{name!r} is new and needs a password")
        made = hash_password(password) if password is not None else (old.hash if old else "")
        stamp = secrets.token_hex(8)
        account = replace(old, role=role, hash=made, stamp=stamp) if old else Account(name, role, made, stamp)
        self._save({**held, name: account})
        return account

    def remove(self, name: str) -> None:
        """Take an account away; what the person noted stays. Raises `ValueError` when there is none."""
        held = dict(self._load())
        if held.pop(name, None) is None:
            raise ValueError(f"there is no account {name!r}")
        self._save(held)

    def check(self, name: str, password: str) -> Account | None:
        """The account when the password is right, else `None`. An unknown name takes as long as a wrong password."""
        account = self.get(name)
        right = _verify(account.hash if account else _nobody(), password)
        return account if account and right else None

    def _load(self) -> dict[str, Account]:
        try:
            facts = self.path.stat()
        except FileNotFoundError:
            return {}
        seen = (facts.st_mtime_ns, facts.st_size)
        if seen != self._seen:
            try:
                rows = json.loads(self.path.read_text(encoding="utf-8"))["accounts"]
                self._held = {row["name"]: Account(**row) for row in rows}
            except (KeyError, TypeError, json.JSONDecodeError) as error:
                raise ValueError(f"{self.path} is damaged: {error}; remove it and add the accounts again") from error
            self._seen = seen
        return self._held

    def _save(self, held: dict[str, Account]) -> None:
        """Write the file whole, readable by its owner only, and put it in the place of the old one."""
        fresh = self.path.with_name(self.path.name + ".new")
        fresh.unlink(missing_ok=True)
        rows = [asdict(account) for _, account in sorted(held.items())]
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
            json.dump({"accounts": rows}, out, ensure_ascii=False, indent=1)
        fresh.replace(self.path)


def hash_password(password: str) -> str:
    """The argon2id hash of a password. Raises `ValueError` when it is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise ValueError(f"a password has {SHORTEST} to {LONGEST} characters; several words are easy to keep in mind")
    return _hasher().hash(password)


def _hasher() -> PasswordHasher:
    try:
        from argon2 import PasswordHasher
    except ImportError as error:
        raise ImportError(_MISSING) from error
    return PasswordHasher()  # the library's own parameters: RFC 9106, low memory


def _verify(hash_: str, password: str) -> bool:
    hasher = _hasher()
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return len(password) <= LONGEST and hasher.verify(hash_, password)
    except (VerificationError, InvalidHashError):
        return False


_NOBODY: list[str] = []


def _nobody() -> str:
    """A hash that no password fits, made once: checking it takes as long as checking a real one."""
    if not _NOBODY:
        _NOBODY.append(_hasher().hash(secrets.token_urlsafe(24)))
    return _NOBODY[0]
