import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

from typer.testing import CliRunner

from textmine.cli.app import app


def test_serve_refuses_other_addresses_without_a_token(sample_workspace):
    asked = ["serve", "-w", str(sample_workspace.root), "--host", "0.0.0.0"]
    result = CliRunner().invoke(app, asked, env={"TEXTMINE_TOKEN": ""})
    assert result.exit_code == 2
    assert "TEXTMINE_TOKEN" in result.output


def test_serve_answers_on_this_machine(sample_workspace):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        unused_port = taken.getsockname()[1]
    command = [sys.executable, "-m", "textmine", "serve", "-w", str(sample_workspace.root)]
    process = subprocess.Popen(
        [*command, "--port", str(unused_port)],
        env={**os.environ, "TEXTMINE_TOKEN": ""},
        stderr=subprocess.DEVNULL,
    )
    try:
        assert "<h1" in patient_get(f"http://127.0.0.1:{unused_port}/?q=a")
    finally:
        process.send_signal(signal.SIGINT if os.name != "nt" else signal.SIGTERM)
        process.wait(20)


def patient_get(address: str) -> str:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return answer.read().decode()
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.2)
