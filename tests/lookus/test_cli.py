import json
import subprocess
import sys
from pathlib import Path

import pytest

from lookus import cli
from lookus.cli import bench, environment


def test_the_command_starts_without_django_numpy_or_torch() -> None:
    script = (
        "import sys; from lookus.cli import parser_for; parser_for(['--help']); "
        "print(sorted({'django', 'numpy', 'torch', 'celery', 'psycopg'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "[]", done.stderr


# `manage` passes --help on to Django.
@pytest.mark.parametrize("name", [name for name in cli.COMMANDS if name != "manage"])
def test_every_command_has_help(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    try:
        status = cli.main([name, "--help"])
    except SystemExit as ended:
        status = ended.code
    assert status == 0
    assert f"usage: lookus {name}" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["bench", "nonsense"], "no benchmark 'nonsense'"),
        (["up", "--host", "203.0.113.1"], "choose another with --port"),
        (["tag", "/nowhere/photo.jpg"], "/nowhere/photo.jpg"),
    ],
)
def test_a_users_mistake_is_one_sentence_and_status_2(
    words: list[str],
    expected: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LOOKUS_HOME", str(tmp_path))
    assert cli.main(words) == cli.USER_ERROR
    said = capsys.readouterr().err
    assert expected in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "words", [["nonsense"], ["up", "--port", "99999"], ["up", "--port", "x"], []]
)
def test_words_that_mean_nothing_end_with_usage_and_status_2(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(words)
    assert ended.value.code == cli.USER_ERROR
    assert "usage: lookus" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["ledger", "check", "--json"], ["billing", "reconcile", "--help"]]
)
def test_the_options_of_a_django_command_reach_it(words: list[str]) -> None:
    assert cli.parser_for(words).parse_args(words).words == words[2:]


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(cli.UserError, match="torch"):
        cli.load("torch:zeros")


def test_a_home_keeps_its_secret_key_to_itself(tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = environment.secret_key(home)
    assert len(first) >= 50
    assert environment.secret_key(home) == first
    assert (home / "secret-key").stat().st_mode & 0o077 == 0


def test_a_given_secret_key_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "given")
    assert environment.children_environment(tmp_path)["SECRET_KEY"] == "given"


def test_a_benchmark_gets_the_words_after_its_name(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def measured(args: list[str]) -> dict[str, float | str]:
        return {"seconds": 1.5, "words": " ".join(args)}

    monkeypatch.setattr(bench, "load", lambda dotted: measured)
    monkeypatch.setitem(bench.BENCHMARKS, "thing", "nowhere:measured")
    assert cli.main(["bench", "thing", "--json", "--size", "3"]) == 0
    assert json.loads(capsys.readouterr().out) == {"seconds": 1.5, "words": "--size 3"}
    assert cli.main(["bench", "thing"]) == 0
    assert "seconds  1.500" in capsys.readouterr().out


@pytest.mark.parametrize("dotted", bench.BENCHMARKS.values())
def test_every_benchmark_exists(dotted: str) -> None:
    assert callable(cli.load(dotted))
