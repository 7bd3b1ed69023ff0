"""Learners who try to make a test not notice their wrong answer."""

from __future__ import annotations

from pathlib import Path

from tests.grading.personas.notebooks import (
    FULL,
    Notebook,
    Work,
    add,
    answer,
    write,
)
from tests.grading.personas.persona import PERSONAS, Persona, persona

# Each has one wrong answer, and a way to make a test in the same room not notice. The test is in another

WRONG = "def felt_value(gap):\n    return 0"


def tampering(source: str, *, wrong: str = WRONG) -> Work:
    def work(notebook: Notebook) -> None:
        answer(notebook, "felt-value", f"{source}\n{wrong}")

    return work


TAMPERING = {
    "ast_transformer": (
        "import ast\nclass Gone(ast.NodeTransformer):\n    def visit_Expr(self, node):\n"
        "        return ast.copy_location(ast.Pass(), node) if 'check' in ast.dump(node) else node\n"
        "get_ipython().ast_transformers.append(Gone())"
    ),
    "picky_ast_transformer": (
        "import ast\nclass Gone(ast.NodeTransformer):\n    def visit_Module(self, node):\n"
        "        if 'felt_value' in ast.dump(node):\n            node.body = [ast.parse('print(1)').body[0]]\n"
        "        return node\nget_ipython().ast_transformers.append(Gone())"
    ),
    "input_transformer": (
        "get_ipython().input_transformers_post.append(lambda lines: ['pass\\n'] if any('Test' in l for l in lines) else lines)"
    ),
    "input_transformer_by_cleanup": (
        "get_ipython().input_transformer_manager.cleanup_transforms.insert(0, lambda lines: [l for l in lines if 'assert' not in l])"
    ),
    "patched_showtraceback": "get_ipython().showtraceback = lambda *a, **k: None",
    "patched_showtraceback_of_the_class": (
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "InteractiveShell.showtraceback = InteractiveShell._showtraceback = lambda *a, **k: None"
    ),
    "patched_abs": "import builtins\nbuiltins.abs = lambda x: 0",
    "patched_print": "import builtins\nbuiltins.print = lambda *a, **k: None",
    "patched_check": "from course.answers import Answers\nAnswers.check = lambda *a, **k: None",
    "patched_check_by_its_code": (
        "from course.answers import Answers\ndef calm(self, right, message, **figures): pass\n"
        "Answers.check.__code__ = calm.__code__"
    ),
    "patched_number": "from course.answers import Answers\nAnswers.number = lambda self, name, *a: __import__('course').theory.prospect.value(*a)",
    "patched_oracle": "import course.theory.prospect as p\np.value = lambda gap: 0.0",
    "exchanged_code_of_the_oracle": (
        "import course.theory.prospect as p\np.value.__code__ = (lambda gap, **how: 0.0).__code__"
    ),
    "exchanged_module": (
        "import sys, types\nfake = types.ModuleType('course.answers')\nclass Answers:\n    def __init__(self, n): pass\n"
        "    def number(self, *a): return 1.0\n    def check(self, *a, **k): pass\nfake.Answers = Answers\n"
        "sys.modules['course.answers'] = fake"
    ),
    "trace_function": "import sys\nsys.settrace(lambda frame, event, arg: None)",
    "shadowed_abs": "def abs(x):\n    return 0",
    "callback_after_each_cell": "get_ipython().events.register('pre_run_cell', lambda info: None)",
    "import_hook": (
        "import sys\nclass Finder:\n    @staticmethod\n    def find_spec(name, path=None, target=None):\n        return None\n"
        "sys.meta_path.insert(0, Finder())"
    ),
    "patched_display_publisher": "get_ipython().display_pub.publish = lambda *a, **k: None",
    "patched_run_cell": (
        "ip = get_ipython()\nold = ip.run_cell_async\nasync def run_cell_async(code, **k):\n"
        "    return await old('pass' if 'Test' in code else code)\nip.run_cell_async = run_cell_async"
    ),
    "patched_kernel": (
        "k = get_ipython().kernel\nold = k.do_execute\nasync def do_execute(code, *a, **kw):\n"
        "    r = await old(code, *a, **kw)\n    r['status'] = 'ok'\n    return r\nk.do_execute = do_execute"
    ),
    "patched_eval": "import builtins\nbuiltins.eval = lambda *a: True",
    "witness_removed": "import sys\nsys.modules.pop('course.kernel.witness', None)",
    "witness_replaced": (
        "import course.kernel.witness as w, json\n"
        "w.testify = lambda q: w.Statement(json.dumps({'kind': 'value', 'value': '0', 'error': ['', '']}))"
    ),
}  # fmt: skip
# Who breaks the own notebook's mouth is asked in vain from there on; nobody else's room is touched
OWN_LOSS = {"patched_eval": 0, "patched_run_cell": 0, "witness_replaced": 0}
for _name, _source in TAMPERING.items():
    PERSONAS.append(Persona(f"tampers_{_name}", OWN_LOSS.get(_name, FULL - 4), "graded", tampering(_source)))


@persona(20, "graded")
def tampers_while_being_tested(notebook: Notebook) -> None:
    answer(
        notebook, "felt-value",
        "def felt_value(gap):\n    from course.answers import Answers\n    Answers.check = lambda *a, **k: None\n    return 0",
    )  # fmt: skip


@persona(20, "graded")
def forges_a_reply(notebook: Notebook) -> None:
    answer(
        notebook, "felt-value",
        "def felt_value(gap):\n    k = get_ipython().kernel\n    p = k.get_parent()\n"
        "    k.session.send(k.shell_stream if hasattr(k, 'shell_stream') and k.shell_stream else k.shell_streams[0], 'execute_reply',\n"
        "        {'status': 'ok', 'execution_count': 1, 'user_expressions': {}, 'payload': []}, parent=p,\n"
        "        ident=k._parent_ident if not hasattr(k, '_shell_parent_ident') else k._shell_parent_ident.get())\n    return 0",
    )  # fmt: skip


@persona(FULL, "graded")
def prints_the_hidden_tests(notebook: Notebook) -> None:
    add(
        notebook, "import linecache\nfor lines in linecache.cache.values():\n    print(''.join(lines[2]) if len(lines) > 2 else '')\nprint('\\n'.join(In))",
        after="felt-value-test",
    )  # fmt: skip


@persona(20, "graded")
def an_object_that_equals_everything(notebook: Notebook) -> None:
    answer(
        notebook, "felt-value",
        "class Yes(float):\n    def __eq__(self, other): return True\n    __lt__ = __gt__ = __le__ = __ge__ = __eq__\n"
        "    def __sub__(self, other): return self\n    def __abs__(self): return self\n    __float__ = lambda self: 0.0\n"
        "    __hash__ = None\ndef felt_value(gap):\n    return Yes(0)",
    )  # fmt: skip


@persona(21, "graded")
def a_word_that_equals_everything(notebook: Notebook) -> None:
    answer(
        notebook, "place-in-zone",
        "class Yes(str):\n    def __eq__(self, other): return True\n    def __hash__(self): return 0\n"
        "    def strip(self): return self\n    def lower(self): return self\ndef place(msa, mss):\n    return Yes('x')",
    )  # fmt: skip


def _shadows(notebook: Notebook, folder: Path) -> None:
    write(notebook, folder)
    (folder / "course").mkdir()
    (folder / "course" / "__init__.py").write_text("")
    (folder / "course" / "answers.py").write_text(
        "class Answers:\n    def __init__(self, n): pass\n    def __getattr__(self, n): return lambda *a, **k: 1\n"
    )
    for name in ("pandas", "numbers", "math"):
        (folder / f"{name}.py").write_text("raise SystemExit\n")


@persona(20, "graded", place=_shadows)
def files_named_like_modules(notebook: Notebook) -> None:
    answer(notebook, "felt-value", WRONG)
