"""Running the examples of a guide as a reader types them."""

import ast
import re


def run_examples(text):
    """All blocks in one go; what stands behind `# ` is what comes out. How many were held to it."""
    known, told = {}, 0
    for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        lines = block.splitlines()
        for statement in ast.parse(block).body:
            source = ast.unparse(statement)
            if not isinstance(statement, ast.Expr):
                exec(source, known)
                continue
            _, _, expected = lines[statement.end_lineno - 1].partition("  # ")
            value = eval(source, known)
            assert expected in (str(value), _plain(value)), source
            told += 1
    return told


def _plain(value):
    """Words of enumerations as they are written, inside tuples too."""
    if isinstance(value, tuple):
        return str(tuple(str(each) if isinstance(each, str) else each for each in value))
    return repr(value)
