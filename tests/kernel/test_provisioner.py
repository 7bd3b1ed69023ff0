"""A warm kernel is as a stock one in everything that Jupyter expects of a provisioner: each test runs with both."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from course.kernel import provisioner, warm
from course.kernel.provisioner import WarmProvisioner
from course.kernel.warm import CHOICE, NAME, ForkedProcess, fork_server, obstacle
from course.paths import ROOT
from tests.waiting import LONGEST_SECONDS, until, until_true

STOCK = "local-provisioner"
both = pytest.mark.parametrize(
    "kind", [STOCK, pytest.param(NAME, marks=pytest.mark.skipif(bool(obstacle()), reason=obstacle()))]
)
warm_only = pytest.mark.skipif(bool(obstacle()), reason=obstacle())


@asynccontextmanager
async def kernel(kind: str, **options: Any) -> AsyncIterator[tuple[AsyncKernelManager, AsyncKernelClient]]:
    factory = KernelProvisionerFactory.instance()
    before, factory.default_provisioner_name = factory.default_provisioner_name, kind
    manager = AsyncKernelManager()
    try:
        await manager.start_kernel(stderr=subprocess.DEVNULL, **options)
    finally:
        factory.default_provisioner_name = before
    assert type(manager.provisioner) is (WarmProvisioner if kind == NAME else LocalProvisioner)
    client = manager.client()
    client.start_channels()
    try:
        await client.wait_for_ready(LONGEST_SECONDS)
        yield manager, client
    finally:
        client.stop_channels()
        if manager.has_kernel:
            await manager.shutdown_kernel(now=True)


async def ask(client: AsyncKernelClient, code: str) -> Any:
    """Evaluate an expression in the kernel, after the statements before it."""
    *statements, expression = code.split("\n")
    asked = client.execute(
        "\n".join(statements), user_expressions={"answer": f"__import__('json').dumps({expression})"}
    )
    reply = (await client._async_recv_reply(asked, timeout=LONGEST_SECONDS))["content"]
    assert reply["status"] == "ok", reply
    assert reply["user_expressions"]["answer"]["status"] == "ok", reply
    return json.loads(reply["user_expressions"]["answer"]["data"]["text/plain"].strip("'").replace("\\'", "'"))


def wait(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(work())


@both
def test_a_kernel_lives_from_start_to_shutdown(kind: str) -> None:
    async def work() -> None:
        async with kernel(kind) as (manager, client):
            assert isinstance(manager.provisioner, LocalProvisioner)
            assert await manager.is_alive()
            assert manager.provisioner.has_process
            assert await manager.provisioner.poll() is None
            info = await manager.provisioner.get_provisioner_info()
            pid = await ask(client, "import os\nos.getpid()")
            assert (info["pid"], info["pgid"]) == (pid, pid)
            process = psutil.Process(pid)
            file = Path(manager.connection_file)
            assert file.exists()
            await manager.shutdown_kernel()
            assert not await manager.is_alive()
            assert not manager.provisioner.has_process
            assert not file.exists()
            assert psutil.wait_procs([process], timeout=LONGEST_SECONDS)[1] == []

    wait(work)


# what carries output is busy when the kernel is told to end, and who waits for it waits for ever
BUSY = """
import sys, time
async def told(restart):
    sys.stdout.flush_timeout = sys.stderr.flush_timeout = 3600
    sys.stdout.pub_thread.schedule(lambda: time.sleep(0.3))
    return {"status": "ok", "restart": restart}
get_ipython().kernel.do_shutdown = told
1"""


@warm_only
def test_a_kernel_that_is_told_to_end_ends_by_itself() -> None:
    async def work() -> None:
        async with kernel(NAME) as (manager, client):
            await ask(client, BUSY)
            await manager.request_shutdown()
            assert manager.provisioner is not None
            await asyncio.wait_for(manager.provisioner.wait(), LONGEST_SECONDS)

    wait(work)


@both
@pytest.mark.parametrize("now", [True, False])
def test_a_restart_gives_a_new_process_on_the_same_ports(kind: str, now: bool) -> None:
    async def work() -> None:
        async with kernel(kind) as (manager, client):
            before = await ask(client, "import os\nkept = 1\nos.getpid()")
            ports = manager.ports
            await manager.restart_kernel(now=now)
            await client.wait_for_ready(LONGEST_SECONDS)
            assert manager.ports == ports
            assert await ask(client, f"import os\n['kept' in globals(), os.getpid() == {before}]") == [False, False]
            assert not psutil.pid_exists(before)

    wait(work)


@both
def test_an_interrupt_stops_the_code_and_its_children(kind: str) -> None:
    async def work() -> None:
        async with kernel(kind) as (manager, client):
            child = await ask(client, "import subprocess\nchild = subprocess.Popen(['sleep', '60'])\nchild.pid")
            asked = client.execute("print('begun', flush=True); import time; time.sleep(600)", stop_on_error=False)
            while (await client.get_iopub_msg(timeout=LONGEST_SECONDS))["msg_type"] != "stream":
                pass
            await manager.interrupt_kernel()
            reply = await client._async_recv_reply(asked, timeout=LONGEST_SECONDS)
            assert reply["content"]["ename"] == "KeyboardInterrupt"
            assert await ask(client, "child.wait(5)") == -signal.SIGINT
            assert not psutil.pid_exists(child)
            assert await ask(client, "1 + 1") == 2

    wait(work)


@both
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_signal_ends_the_whole_group_and_the_code_is_known(kind: str, number: int) -> None:
    async def work() -> None:
        async with kernel(kind) as (manager, client):
            child = await ask(client, "import subprocess\nsubprocess.Popen(['sleep', '60']).pid")
            await manager.signal_kernel(number)
            assert isinstance(manager.provisioner, LocalProvisioner)
            assert await asyncio.wait_for(manager.provisioner.wait(), LONGEST_SECONDS) == -number
            assert not manager.provisioner.has_process
            left = [psutil.Process(child)] if psutil.pid_exists(child) else []
            assert psutil.wait_procs(left, timeout=LONGEST_SECONDS)[1] == []

    wait(work)


@both
def test_a_kernel_that_exits_tells_its_code(kind: str) -> None:
    async def work() -> None:
        async with kernel(kind) as (manager, client):
            client.execute("import os; os._exit(7)")
            assert isinstance(manager.provisioner, LocalProvisioner)
            assert await asyncio.wait_for(manager.provisioner.wait(), LONGEST_SECONDS) == 7
            assert not await manager.is_alive()

    wait(work)


SURROUNDINGS = """
import os, signal, sys, time, __main__, course.i18n
umask = os.umask(0o22)
found = {"cwd": os.getcwd(), "argv": sys.argv, "env": dict(os.environ), "zone": time.strftime("%Z"), "umask": umask}
found |= {"language": course.i18n.current_language(), "path": sys.path, "flags": list(sys.flags)}
found |= {"leads": os.getsid(0) == os.getpgid(0) == os.getpid(), "main": __main__.__dict__ is globals()}
found |= {"handlers": [str(signal.getsignal(number)).split(" at ")[0] for number in range(1, 32)]}
found |= {"blocked": len(signal.pthread_sigmask(0, [])), "limit": sys.getrecursionlimit()}
found |= {"encoding": [sys.stdout.encoding, sys.getfilesystemencoding()], "hook": str(sys.excepthook)[:20]}
found |= {"defined": sorted(name for name in globals() if not name.startswith("_"))}
found"""


@warm_only
def test_from_inside_a_warm_kernel_looks_like_a_stock_one(tmp_path: Path) -> None:
    async def surroundings(kind: str) -> Any:
        async with kernel(kind, cwd=str(tmp_path)) as (_, client):
            told = await ask(client, SURROUNDINGS)
            told["argv"][2] = "the connection file"
            return told

    stock, warmed = asyncio.run(surroundings(STOCK)), asyncio.run(surroundings(NAME))
    assert dict(warmed["env"].items() ^ stock["env"].items()) == {}
    assert warmed == stock


@both
def test_folder_environment_and_arguments_are_passed_on(kind: str, tmp_path: Path) -> None:
    async def work() -> None:
        env = {**os.environ, "OURS": "a b", "TZ": "Asia/Shanghai", "COURSE_LANG": "zh"}
        options = {"cwd": str(tmp_path), "env": env, "extra_arguments": ["--HistoryManager.enabled=False"]}
        async with kernel(kind, **options) as (manager, client):
            told = await ask(client, SURROUNDINGS)
            assert told["cwd"] == str(tmp_path)
            assert told["argv"][1:] == ["-f", manager.connection_file, "--HistoryManager.enabled=False"]
            assert (told["env"]["OURS"], told["zone"], told["language"]) == ("a b", "CST", "zh")
            assert told["env"]["JPY_PARENT_PID"] == str(os.getpid())
            assert (told["leads"], told["main"]) == (True, True)
            assert manager.resolve_path("x") is None

    wait(work)


@both
def test_it_holds_no_descriptor_that_is_not_its_own(kind: str, tmp_path: Path) -> None:
    async def work() -> None:
        with open(tmp_path / "secret", "w"):
            async with kernel(kind) as (_, client):
                links = await ask(
                    client,
                    "import os\npaths = [f'/proc/self/fd/{n}' for n in range(1024)]\n"
                    "[os.readlink(path) for path in paths if os.path.lexists(path)]",
                )
                assert links[0] == "/dev/null" or links[0].startswith("pipe:")
                assert not [link for link in links if "secret" in link]

    wait(work)


@both
def test_a_folder_that_is_not_there_is_an_error(kind: str) -> None:
    async def work() -> None:
        with pytest.raises(FileNotFoundError):
            async with kernel(kind, cwd="/no/such/folder"):
                pass

    wait(work)


@both
def test_the_debugger_answers(kind: str) -> None:
    async def work() -> None:
        async with kernel(kind) as (_, client):
            message = client.session.msg("debug_request", {"type": "request", "command": "debugInfo", "seq": 1})
            client.control_channel.send(message)
            reply = await client.get_control_msg(timeout=LONGEST_SECONDS)
            assert reply["content"]["success"]

    wait(work)


@both
@pytest.mark.parametrize("death", [signal.SIGTERM, signal.SIGKILL])
def test_kernels_end_with_the_program_that_started_them(kind: str, death: int) -> None:
    script = (
        "import asyncio, sys\nfrom jupyter_client.manager import AsyncKernelManager\n"
        "async def main():\n"
        "    manager = AsyncKernelManager()\n"
        "    await manager.start_kernel()\n"
        "    client = manager.client(); client.start_channels(); await client.wait_for_ready(180)\n"
        "    print(manager.provisioner.pid, flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(main())"
    )
    program = subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        env={**os.environ, CHOICE: kind},
    )
    assert program.stdout is not None
    started = psutil.Process(int(program.stdout.readline()))
    everyone = psutil.Process(program.pid).children(recursive=True)
    assert started in everyone
    program.send_signal(death)
    program.wait()
    program.stdout.close()
    assert psutil.wait_procs(everyone, timeout=LONGEST_SECONDS)[1] == []


@warm_only
def test_kernels_share_no_randomness() -> None:
    async def numbers() -> list[Any]:
        async with kernel(NAME) as (_, client):
            code = "import random, numpy, uuid, secrets, tempfile\n"
            return await ask(
                client,
                code + "[random.random(), numpy.random.random(), str(uuid.uuid4()), secrets.token_hex(8), "
                "numpy.random.default_rng().random(), tempfile.mktemp()]",
            )

    first, second = asyncio.run(numbers()), asyncio.run(numbers())
    assert all(one != other for one, other in zip(first, second, strict=True))


@warm_only
def test_what_a_notebook_imports_is_there_already() -> None:
    async def work() -> None:
        async with kernel(NAME) as (_, client):
            names = ["pandas", "altair", "ipywidgets", "anywidget", "course.notebook", "course.ui.simulator"]
            assert await ask(client, f"import sys\n[name for name in {names} if name not in sys.modules]") == []

    wait(work)


@both
def test_widgets_can_be_asked_for_their_state(kind: str) -> None:
    """A page that comes back asks over a comm, which ipywidgets registers when it is imported in a kernel."""

    async def work() -> None:
        async with kernel(kind) as (_, client):
            targets = "__import__('comm').get_comm_manager().targets"
            assert "jupyter.widget.control" in await ask(client, f"import ipywidgets\nlist({targets})")

    wait(work)


@warm_only
def test_a_dead_fork_server_is_replaced_and_its_kernels_live_on() -> None:
    async def work() -> None:
        async with kernel(NAME) as (manager, client):
            server = fork_server()
            assert server.process is not None
            starts = server.starts
            server.process.kill()
            assert await ask(client, "1 + 1") == 2
            async with kernel(NAME) as (other, _):
                assert isinstance(other.provisioner, WarmProvisioner)
                assert isinstance(other.provisioner.process, ForkedProcess)
            assert server.starts == starts + 1
            assert await manager.is_alive()
            await manager.shutdown_kernel()
            assert not await manager.is_alive()

    wait(work)


@warm_only
def test_a_changed_file_of_the_course_is_seen_by_the_next_kernel(tmp_path: Path) -> None:
    package = tmp_path / "course"
    subprocess.run(["cp", "-r", str(ROOT / "course"), str(package)], check=True)
    (package / "change.py").write_text("VALUE = 1\n")
    script = (
        "import asyncio, sys\nsys.path.insert(0, sys.argv[1])\nfrom pathlib import Path\n"
        "from course.kernel.sandbox import open_kernel\nfrom course.kernel.warm import fork_server\n"
        "from nbclient import NotebookClient\nimport nbformat\n"
        "def value():\n"
        "    cell = nbformat.v4.new_code_cell('import course.change; print(course.change.VALUE)')\n"
        "    async def run():\n"
        "        async with open_kernel(Path(sys.argv[1]), sandbox=False) as km:\n"
        "            book = nbformat.v4.new_notebook(cells=[cell])\n"
        "            await NotebookClient(book, km=km).async_execute()\n"
        "            return book.cells[0].outputs[0].text.strip(), type(km.provisioner.process).__name__\n"
        "    return asyncio.run(run())\n"
        "print(value())\n"
        "Path(sys.argv[1], 'course', 'change.py').write_text('VALUE = 2222\\n')\n"
        "print(value(), fork_server().starts)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    assert said.returncode == 0, said.stderr
    assert said.stdout == "('1', 'ForkedProcess')\n('2222', 'ForkedProcess') 2\n"


@warm_only
@pytest.mark.parametrize("change", [{"PYTHONHASHSEED": "7"}, {"OMP_NUM_THREADS": "8"}, {"PYTHONPATH": "/elsewhere"}])
def test_another_setting_of_the_interpreter_is_honoured_by_a_stock_kernel(change: dict[str, str]) -> None:
    async def work() -> None:
        async with kernel(NAME, env={**os.environ, **change}) as (manager, client):
            assert isinstance(manager.provisioner, WarmProvisioner)
            assert isinstance(manager.provisioner.process, subprocess.Popen)
            assert await ask(client, f"import os\n[os.environ[name] for name in {list(change)}]") == [*change.values()]

    wait(work)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_where_nothing_can_be_forked_the_stock_kernel_starts_and_it_is_said(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, speak: Callable[[str], None], language: str
) -> None:
    speak(language)
    monkeypatch.setattr(provisioner, "objection", lambda: warm.ONLY_LINUX)
    caplog.set_level("INFO")

    async def work() -> None:
        async with kernel(NAME) as (manager, client):
            assert isinstance(manager.provisioner, WarmProvisioner)
            assert isinstance(manager.provisioner.process, subprocess.Popen)
            assert await ask(client, "2") == 2

    wait(work)
    assert ("Linux" in caplog.text, "从头启动" in caplog.text) == (True, language == "zh")


@warm_only
@pytest.mark.parametrize(("name", "value"), [("SERVER", "no.such.module"), ("sys.executable", "/no/such/python")])
def test_a_warm_process_that_cannot_come_up_is_given_up(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setattr(f"course.kernel.warm.{name}", value)
    server = warm.ForkServer()
    with pytest.raises(warm.NotWarmError, match="did not come up"):
        server.fork({}, [])
    server.stop()


@warm_only
def test_one_that_dies_again_and_again_is_given_up_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("course.kernel.warm.DEATH_SECONDS", 8.0)
    # lives as long as it is let, and says at once that it is warm
    monkeypatch.setattr("course.kernel.warm.SERVER", "tests.kernel.hollow_server")
    server = warm.ForkServer(os.environ | {"PYTHONPATH": str(ROOT)})
    try:
        for _ in range(warm.DEATHS):
            server.connect()
            before, process = server.starts, server.process
            assert process is not None
            process.kill()
            process.wait()
            until(lambda before=before: server.starts != before or server.problem)
        for _ in range(2):
            with pytest.raises(warm.NotWarmError, match="again and again"):
                server.connect()
        until(lambda: not server.problem, "it is given up for good")
        assert server.connect()
    finally:
        server.stop()


@warm_only
def test_it_warms_what_the_course_declares_and_does_without_what_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "course.warmup:warm" in warm.warmups()
    monkeypatch.setattr("course.kernel.warm.warmups", lambda: ["no.such.module:warm"])
    server = warm.ForkServer()
    try:
        assert server.connect()
    finally:
        server.stop()


@warm_only
def test_one_that_is_killed_while_it_warms_up_is_started_again() -> None:
    server = warm.ForkServer()
    server.start()
    until(lambda: server.process).kill()
    try:
        assert server.connect()
    finally:
        server.stop()


@warm_only
def test_nobody_else_can_reach_the_fork_server() -> None:
    asyncio.run(_start_one())
    process = fork_server().process
    assert process is not None
    connections = psutil.Process(process.pid).net_connections("all")
    assert [found.laddr for found in connections] == [""]
    assert psutil.Process(process.pid).num_threads() == 1


async def _start_one() -> None:
    async with kernel(NAME):
        pass


@warm_only
def test_many_kernels_leave_no_zombie_and_no_descriptor() -> None:
    async def work() -> None:
        async def one() -> None:
            async with kernel(NAME):
                pass

        await one()
        server = fork_server().process
        assert server is not None
        held = psutil.Process(server.pid).num_fds(), psutil.Process().num_fds()
        await asyncio.gather(*(one() for _ in range(4)))
        await until_true(lambda: not psutil.Process(server.pid).children(), "zombies are left")
        assert psutil.Process(server.pid).num_fds() == held[0]
        assert psutil.Process().num_fds() <= held[1] + 2

    wait(work)
