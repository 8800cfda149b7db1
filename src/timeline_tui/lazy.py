"""Public faces of packages: names that are imported when they are first asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def face(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """A `__getattr__` for a package (PEP 562), so that importing one of its modules loads no other.

    Args:
        package: The full name of the package.
        homes: For each name that the package offers, the module of the package that has it.
    """

    def __getattr__(name: str) -> object:  # noqa: N807  the name that Python asks for
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{homes[name]}"), name)

    return __getattr__
