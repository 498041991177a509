"""Files, the system and dates."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lisptorch_compile.runtime import dates, files, json_text, system
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.text import text
from lisptorch_compile.runtime.values import Integers, List, Symbol


def test_a_written_text_reads_back(tmp_path: Path) -> None:
    path = str(tmp_path / "notes.txt")
    assert files.write(path, "été\r\n") is True
    assert files.append(path, List([1, 2])) is True
    assert files.read(path) == "été\r\n(1 2)"


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LispError, match="nothing.txt"):
        files.read(str(tmp_path / "nothing.txt"))
    with pytest.raises(LispError, match="Error: Cannot write in file: "):
        files.write(str(tmp_path / "no" / "folder.txt"), "x")


def test_bytes(tmp_path: Path) -> None:
    path = str(tmp_path / "raw")
    files.write_bytes(path, Integers([1, 255]))
    files.append_bytes(path, List([0]))
    assert text(files.read_bytes(path)) == "(1 255 0)"


def test_a_stream_reads_lines_and_characters(tmp_path: Path) -> None:
    path = str(tmp_path / "lines")
    files.write(path, "one\ntwo\nthree\nfour")
    file = files.open_file(path)
    assert files.read_line(file) == "one\n"
    assert files.read_character(file) == "t"
    assert files.read_characters(file, 3) == "wo\n"
    assert not files.at_end(file)
    assert text(files.read_lines(file)) == '("three" "four")'
    assert files.at_end(file)
    assert files.read_line(file) == ""
    assert files.write_characters(file, "x") is None
    assert files.close(file) is True


def test_a_stream_writes(tmp_path: Path) -> None:
    path = str(tmp_path / "out")
    file = files.open_file(path, Symbol("w"))
    assert files.write_characters(file, 12) is True
    assert files.write_line(file, "é") is True
    assert files.size(file) == 5
    with pytest.raises(LispError, match="Cannot read file"):
        files.read_line(file)
    files.close(file)
    assert files.read(path) == "12é\n"
    assert files.size(path) == 5
    assert files.size(str(tmp_path / "none")) == -1


def test_seek_and_tell(tmp_path: Path) -> None:
    path = str(tmp_path / "seek")
    files.write(path, "abcdef")
    file = files.open_file(path, "r")
    files.seek(file, 3)
    assert files.tell(file) == 3
    assert files.read_characters(file, 2) == "de"
    files.close(file)


def test_a_stream_reads_balanced_parts(tmp_path: Path) -> None:
    path = str(tmp_path / "code")
    files.write(path, "x (a (b)) y (c")
    file = files.open_file(path)
    assert files.read_balanced(file, "(", ")") == "(a (b))"
    assert files.read_balanced(file, "(", ")") is None
    files.close(file)


def test_opening_wrongly_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LispError, match="Error: cannot open file: "):
        files.open_file(str(tmp_path / "none"))
    with pytest.raises(LispError, match="unknown mode"):
        files.open_file(str(tmp_path / "none"), "q")


def test_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "b.txt").write_text("b")
    (tmp_path / "a").mkdir()
    folder = str(tmp_path)
    assert list(files.entries(folder)) == [f"{folder}/a", f"{folder}/b.txt"]
    assert list(files.entries(folder + "/none")) == []
    monkeypatch.chdir(tmp_path)
    assert list(files.entries("./")) == ["a", "b.txt"]
    assert files.is_directory(folder)
    assert files.exists(folder)
    assert files.real_path("b.txt") == os.path.realpath(tmp_path / "b.txt")


def test_facts_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "b.txt"
    path.write_text("bcd")
    known = files.facts(str(path))
    assert known is not None
    assert known["size"] == 3
    assert known["directory"] is None
    assert known["date"] == dates.at_seconds(path.stat().st_mtime)
    assert set(known) == {"size", "date", "access", "change", "pathname", "directory"}
    assert files.facts(str(tmp_path / "none")) is None


def test_json_files(tmp_path: Path) -> None:
    path = str(tmp_path / "values.json")
    assert json_text.write({"a": List([1, 2])}, path) is True
    assert json_text.read(path) == {"a": Integers([1, 2])}
    with pytest.raises(LispError):
        json_text.read(str(tmp_path / "none.json"))


# --- system -------------------------------------------------------------------------------


def test_a_command_gives_its_lines() -> None:
    assert list(system.run_command("echo one; echo two")) == ["one\n", "two\n"]


def test_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LISPTORCH_TEST", "before")
    assert system.set_environment("LISPTORCH_TEST", 12) is True
    assert system.environment("LISPTORCH_TEST") == "12"
    monkeypatch.delenv("LISPTORCH_TEST")
    assert system.environment("LISPTORCH_TEST") == ""


def test_leaving_gives_the_status() -> None:
    with pytest.raises(SystemExit) as leaving:
        system.leave(3)
    assert leaving.value.code == 3


def test_the_machine() -> None:
    assert system.operating_system() in ("LINUX", "MACOS", "WINDOWS")
    assert system.total_memory() >= system.free_memory() >= 0


# --- dates --------------------------------------------------------------------------------


def test_a_date_prints_as_lispe_prints_it() -> None:
    assert text(dates.Date(2025, 11, 20, 8, 5, 9)) == "2025/11/20 08:05:09"


def test_parts_of_a_date() -> None:
    date = dates.Date(2024, 3, 1, 12)
    assert dates.year(date) == 2024
    assert dates.day_of_year(date) == 60
    assert dates.day_of_week(date) == 5
    assert date - dates.Date(2024, 2, 29, 12) == 24 * 3600
    with pytest.raises(LispError, match="wrong type for 'year'"):
        dates.year("2024")


def test_setting_a_part_changes_the_date() -> None:
    date = dates.Date(2024, 3, 29, 12)
    assert dates.month(date, 12) is date
    assert date == dates.Date(2024, 12, 29, 12)
    with pytest.raises(ValueError, match="day is out of range"):
        dates.date_of(2023, 2, 29)
    with pytest.raises(ValueError, match="day is out of range"):
        dates.month(dates.Date(2023, 1, 29), 2)


def test_parts_that_are_left_out_are_those_of_now() -> None:
    before = dates.now()
    date = dates.date_of(before.year, before.month, before.day)
    assert before <= date <= dates.now()


def test_the_difference_of_two_chronos_is_in_milliseconds() -> None:
    assert dates.Chrono(3_500_000) - dates.Chrono(1_000_000) == 2.5
    later = dates.chrono()
    assert dates.chrono() - later >= 0
