"""The data folder: private, made when needed, the same for all who ask at once."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from fondouk.runtime.data import DataFolder
from fondouk.runtime.errors import RuntimeFault

ASK = """
import sys
from fondouk.runtime.data import DataFolder
sys.stdin.readline()
print(DataFolder(sys.argv[1]).secret_key())
"""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_naming_a_folder_writes_nothing(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "data")
    assert data.database_url().startswith("postgresql://fondouk@%2F")
    assert data.files == tmp_path / "data" / "files"
    assert not data.path.exists()


def test_the_environment_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONDOUK_DATA", "elsewhere")
    monkeypatch.chdir(tmp_path)
    assert DataFolder.from_environment().path == tmp_path / "elsewhere"


def test_without_a_name_it_stands_in_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FONDOUK_DATA")
    monkeypatch.chdir(tmp_path)
    assert DataFolder.from_environment().path == Path(__file__).resolve().parents[2] / "data"


def test_the_key_is_for_its_owner_alone_and_stays(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "data")
    key = data.secret_key()
    assert len(key) >= 50
    assert data.secret_key() == key
    assert mode(data.path) == 0o700
    assert mode(data.path / "secret-key") == 0o600


def test_a_key_left_open_is_closed_again(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "data")
    data.secret_key()
    (data.path / "secret-key").chmod(0o644)
    data.secret_key()
    assert mode(data.path / "secret-key") == 0o600


def test_an_empty_key_is_not_used(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "data")
    data.ensure()
    (data.path / "secret-key").touch(0o600)
    with pytest.raises(RuntimeFault, match="is empty"):
        data.secret_key()


def test_many_who_ask_at_once_get_one_key(tmp_path: Path) -> None:
    askers = [
        subprocess.Popen(
            [sys.executable, "-c", ASK, str(tmp_path / "data")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(6)
    ]
    for asker in askers:
        assert asker.stdin is not None
        asker.stdin.write("go\n")
        asker.stdin.flush()
    keys = {asker.communicate()[0].strip() for asker in askers}
    assert len(keys) == 1
    assert keys != {""}
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == ["secret-key"]
