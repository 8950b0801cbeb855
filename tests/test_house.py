"""The plan of the house holds: floors, sizes, and what is never done."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import cartellino
from cartellino.registry import Registry

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "src" / "cartellino").rglob("*.py"))
LONGEST = 400


def floors() -> dict[str, int]:
    """Each room and the floor it is on, counted from the top, as the layers contract says."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = told["tool"]["importlinter"]["contracts"][0]["layers"]
    return {
        room.strip("() "): number
        for number, layer in enumerate(layers)
        for room in layer.replace(":", "|").split("|")
    }


def registries() -> list[tuple[str, Registry]]:
    found = []
    for info in pkgutil.walk_packages(cartellino.__path__, "cartellino."):
        if info.name.rpartition(".")[2] in ("registry", "recipe"):
            module = importlib.import_module(info.name)
            found += [(info.name, each) for each in vars(module).values() if isinstance(each, Registry)]
    return found


def test_there_are_registries_to_check() -> None:
    assert len(registries()) >= 2


@pytest.mark.parametrize(("home", "registry"), registries())
def test_no_registry_points_to_a_higher_floor(home: str, registry: Registry) -> None:
    plan = floors()
    own = plan[home.split(".")[1]]
    for name, target in registry.table.items():
        assert plan[target.split(".")[1]] >= own, f"{home}: '{name}' points up to {target}"
        assert registry.load(name) is not None or name in registry.extras


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_a_few_pages_and_says_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST
    assert ast.get_docstring(ast.parse(text)), "every module begins with its purpose"


def test_nothing_loads_a_pickle_but_the_restricted_reader() -> None:
    found = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [alias.name for alias in node.names] if isinstance(node, (ast.Import, ast.ImportFrom)) else []
            )
            module = node.module if isinstance(node, ast.ImportFrom) else ""
            if {"pickle", "joblib", "dill", "marshal"} & {*names, module}:
                found.append(path.name)
    assert found == ["torch_file.py"]


@pytest.mark.parametrize(
    "told", [["--help"], ["--version"], ["status"], ["fields"], ["labels", "list"], ["review", "x"]]
)
def test_what_should_be_instant_loads_nothing_heavy(told: list[str], tmp_path: Path) -> None:
    cartellino.create(tmp_path / "museum").close()
    heavy = ["numpy", "sklearn", "scipy", "torch", "fastapi", "uvicorn", "onnxruntime", "matplotlib", "PIL"]
    program = (
        f"import sys; sys.argv = ['cartellino', *{told!r}]\n"
        "from cartellino.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"loaded = [name for name in {heavy!r} if name in sys.modules]\n"
        "assert not loaded, loaded\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path / "museum", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_root_help_loads_no_click() -> None:
    program = (
        "import sys; sys.argv = ['cartellino', '--help']\n"
        "from cartellino.cli import main\n"
        "main(); assert 'click' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
