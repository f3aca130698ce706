"""The images, by the rules that hadolint would hold them to (no engine runs where tests do)."""

import json
import re

import pytest

from tests.docker.files import DOCKER, ROOT, dockerfile, stages, variables

WORDS = {
    *("FROM", "ARG", "ENV", "WORKDIR", "COPY", "RUN", "USER", "VOLUME", "EXPOSE"),
    *("HEALTHCHECK", "ENTRYPOINT", "CMD"),
}
SERVED = ("web", "worker", "trainer")


def test_it_is_parsed_and_every_word_is_known() -> None:
    assert {word for word, _ in dockerfile()} <= WORDS
    assert set(SERVED) <= set(stages())


def test_sources_are_of_a_named_version_or_a_stage_above() -> None:
    above: set[str] = set()
    for name, (source, _) in stages().items():
        tag = source.partition(":")[2]
        assert source in above or (tag and tag != "latest"), source
        above.add(name)
    for stage, (_, body) in stages().items():
        for word, rest in body:
            named = re.match(r"--from=(\S+)", rest) if word == "COPY" else None
            assert named is None or named[1] in stages(), stage


@pytest.mark.parametrize("name", SERVED)
def test_an_image_runs_as_a_numbered_user_and_says_how_it_is(name: str) -> None:
    source, body = stages()[name]
    users = [rest for word, rest in body if word == "USER"]
    assert users
    assert users[-1].isdecimal()
    assert int(users[-1]) > 0
    assert len([word for word, _ in body if word == "HEALTHCHECK"]) == 1
    assert len([word for word, _ in body if word == "CMD"]) == 1
    # Nothing is copied or run by root after the user was set.
    after = body[[word for word, _ in body].index("USER") :]
    assert not {"RUN", "COPY"} & {word for word, _ in after}
    assert ("ENTRYPOINT", '["lookus"]') in stages()[source][1]


def test_lists_are_json_and_no_shell_stands_between() -> None:
    for word, rest in dockerfile():
        if word in ("CMD", "ENTRYPOINT", "VOLUME"):
            assert isinstance(json.loads(rest), list), rest
        if word == "HEALTHCHECK" and rest != "NONE":
            assert isinstance(json.loads(rest.partition(" CMD ")[2].strip()), list)
        if word == "WORKDIR":
            assert rest.startswith("/")


def test_packages_leave_no_cache_and_nothing_is_fetched_by_hand() -> None:
    for word, rest in dockerfile():
        assert word != "ADD"
        if word == "RUN":
            assert not re.search(r"\b(sudo|curl|wget|apt-get upgrade)\b", rest)
    assert any(word == "ENV" and "PIP_NO_CACHE_DIR=1" in rest for word, rest in dockerfile())


def test_only_the_trainer_has_torch() -> None:
    found = stages()

    def packages_of(name: str) -> str:
        (copied,) = {
            match[1]
            for word, rest in found[name][1]
            if word == "COPY" and (match := re.match(r"--from=(\S+) /venv", rest))
        }
        return str(copied)

    def installs(name: str) -> str:
        source, body = found[name]
        own = "\n".join(rest for word, rest in body if word == "RUN")
        return own + (installs(source) if source in found else "")

    assert "[train]" in installs(packages_of("trainer"))
    for name in ("web", "worker"):
        told = installs(packages_of(name))
        assert "requirements/serve.txt" in told
        assert "train" not in told
        assert "test.txt" not in told
    served = (ROOT / "requirements/serve.txt").read_text(encoding="utf-8")
    assert not re.search(r"^torch", served, re.MULTILINE)


def test_every_variable_is_one_that_is_read() -> None:
    theirs = {"PATH", "PIP_NO_CACHE_DIR", "PIP_DISABLE_PIP_VERSION_CHECK"}
    theirs |= {"PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}
    for word, rest in dockerfile():
        if word == "ENV":
            names = set(re.findall(r"(\w+)=", rest))
            assert names <= variables() | theirs, names


def test_secrets_are_not_copied_into_an_image() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert {".git", "docker/secrets", "var"} <= set(ignored)
    assert "umask 077" in (DOCKER / "secrets.sh").read_text(encoding="utf-8")
