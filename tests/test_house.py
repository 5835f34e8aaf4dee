"""The house keeps its shape. What imports can say is in pyproject.toml; here is the rest."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from kordon.accounts.default_roles import default_roles, fixed_rights, named_rights
from kordon.accounts.doors import PAGES
from kordon.journal.command import AT_HQ, COMMANDS, QUERIES
from kordon.journal.fact import KINDS
from kordon.journal.writing import APPLIERS
from tests.addresses import declared_rights

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "kordon"
LONGEST_FILE, LONGEST_FUNCTION, MOST_PARAMETERS = 400, 60, 6

DOORS = {"commands", "queries", "facts", "doors"}
GROUND = {"journal", "lib", "ui", "node", "measure"}
VAGUE = {"core", "utils", "util", "helpers", "helper", "services", "service", "manager"}
VAGUE |= {"handler", "handlers", "data", "info", "misc", "common", "base"}


def modules(*folders: str) -> Iterator[Path]:
    """Every Python file of the house but tests and migrations."""
    for folder in folders or ("",):
        for path in sorted((HOUSE / folder).rglob("*.py")):
            if not {"tests", "migrations", "node_modules"} & set(path.parts):
                yield path


def rooms() -> list[str]:
    return [path.name for path in HOUSE.iterdir() if (path / "apps.py").exists()]


def place(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


def test_every_fact_of_an_app_is_applied_by_it():
    assert set(KINDS) == set(APPLIERS)
    for kind, applied in APPLIERS.items():
        app = kind.split(".")[0]
        assert applied.func.__module__.startswith(f"kordon.{app}.apply"), kind
        assert KINDS[kind].__module__.startswith(f"kordon.{app}.facts"), kind


def test_every_command_and_query_says_who_acts_and_takes_only_names():
    for name, func in (COMMANDS | QUERIES).items():
        parameters = inspect.signature(func).parameters
        assert next(iter(parameters)) == "by", name
        assert all(p.kind is p.KEYWORD_ONLY for p in parameters.values()), name
        assert len(parameters) <= MOST_PARAMETERS + 1, f"{name} takes too much"
        assert func.__doc__, f"{name} says nothing about itself"


def test_what_only_headquarters_records_is_declared_a_deed_of_headquarters():
    """By names: a command may reach the fact through functions of its own file."""
    only = {kind.__name__ for kind in KINDS.values() if kind.only_at_hq}
    found = set()
    for path in modules(*rooms()):
        if "commands" not in str(path.relative_to(HOUSE)):
            continue
        functions = {
            node.name: {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.FunctionDef)
        }
        for name in functions:
            right = f"{path.relative_to(HOUSE).parts[0]}.{name}"
            if right in COMMANDS and only & _reached(name, functions):
                found.add(right)
    assert found == AT_HQ & found
    assert found >= {right for right in AT_HQ if right not in ONLY_BY_OTHER_COMMANDS}


ONLY_BY_OTHER_COMMANDS = {"accounts.load_default_roles"}


def _reached(name: str, functions: dict[str, set[str]], seen: frozenset[str] = frozenset()) -> set:
    names = functions.get(name, set())
    for other in names & set(functions) - seen - {name}:
        names = names | _reached(other, functions, seen | {name})
    return names


def test_apps_do_not_point_at_each_others_tables():
    ours = [model for model in apps.get_models() if model.__module__.startswith("kordon.")]
    for model in ours:
        for field in model._meta.get_fields():
            if field.is_relation and field.related_model:
                other = field.related_model._meta.app_label
                assert other == model._meta.app_label, f"{model._meta.label}.{field.name}"


def test_only_apply_and_scratch_write_rows():
    """Elsewhere a write would never reach the journal, nor the other nodes."""
    found = []
    for path in modules(*rooms()):
        inside = path.relative_to(HOUSE)
        written_here = {"apply", "apply.py", "scratch", "scratch.py"} & set(inside.parts)
        if inside.parts[0] == "journal" or written_here:
            continue
        tree = ast.parse(path.read_text())
        found += [place(path, node) for node in ast.walk(tree) if writes_rows(node)]
    assert found == []


ALWAYS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "save", "delete"}


def writes_rows(node: ast.AST) -> bool:
    """A call of a method that writes. It knows names, not types: a clever author can fool it."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    name, of = node.func.attr, ast.unparse(node.func.value)
    if name in ALWAYS:
        # A file's name is given to save(); a model's save() is told nothing by position.
        return not (node.args and name in {"save", "delete"}) and of != "request.session"
    if name == "create":
        return "objects" in of
    # dict.update and hash.update take a value; a queryset's takes names only.
    return name == "update" and bool(node.keywords) and not node.args


def test_apps_enter_each_other_by_the_door():
    """Across apps only commands, queries and facts are imported, and the doors of accounts."""
    found = []
    for path in modules(*rooms()):
        here = path.relative_to(HOUSE).parts[0]
        if here in GROUND:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("kordon"):
                continue
            _, *rest = (node.module or "").split(".")
            names = [rest] if len(rest) > 1 else [[*rest, each.name] for each in node.names]
            for app, door in ((name[0], name[1]) for name in names if len(name) > 1):
                if app not in GROUND | {here} and door not in DOORS:
                    found.append(f"{place(path, node)} imports {app}.{door}")
    assert found == []


def test_every_right_is_held_by_some_role_and_every_named_right_exists():
    there_are = set(COMMANDS) | set(QUERIES) | set(PAGES) | declared_rights()
    held = named_rights() | fixed_rights("officers_only")
    assert sorted(there_are - held) == [], "nobody holds these"
    assert sorted(held - there_are) == [], "roles name what does not exist"


def test_roles_name_only_roles():
    codes = {role.code for role in default_roles()}
    for role in default_roles():
        assert set(role.gives) <= codes, role.code


def test_files_are_short():
    found = []
    for path in [*modules(), *sorted((ROOT / "tests").rglob("*.py")), *HOUSE.rglob("tests/*.py")]:
        lines = len(path.read_text().splitlines())
        if lines > LONGEST_FILE:
            found.append(f"{path.relative_to(ROOT)} has {lines} lines")
    assert found == []


def test_functions_are_short():
    found = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    found.append(f"{place(path, node)} {node.name} has {lines} lines")
    assert found == []


def test_files_have_names_that_say_something():
    found = [
        str(path.relative_to(ROOT))
        for path in modules()
        if VAGUE & {part.removesuffix(".py") for part in path.relative_to(HOUSE).parts}
    ]
    assert found == []


def test_every_module_says_what_it_holds():
    found = [
        str(path.relative_to(ROOT))
        for path in modules()
        if path.name not in {"apps.py", "urls.py"}
        and path.read_text().strip()
        and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert found == []


@pytest.mark.parametrize("room", [room for room in rooms() if room != "node"])
def test_every_room_tells_what_it_is_for(room):
    assert (HOUSE / room / "README.md").exists()


def test_the_contract_inside_apps_names_every_app():
    contracts = (ROOT / "pyproject.toml").read_text()
    for room in set(rooms()) - GROUND:
        assert f'"kordon.{room}"' in contracts, room
