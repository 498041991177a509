"""Files, processes, time and the machine."""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile.catalogue.model import (
    BOOL,
    DICT,
    INT,
    NIL,
    NOTHING,
    TEXT,
    Builtin,
    Fact,
    declare,
    declare_overloads,
)
from lisptorch_compile.catalogue.yields import (
    A_BOOL,
    A_FLOAT,
    A_LIST,
    A_NIL,
    A_TEXT,
    A_TRUE,
    A_TRUTH,
    AN_INTEGER,
    AN_OBJECT,
    TEXTS,
)

_WHOLE_FILES = (
    declare(
        "fread",
        "path",
        "files.read(path)",
        A_TEXT,
        "The whole text of a file.",
    ),
    declare(
        "fwrite",
        "path, value",
        "files.write(path, value)",
        A_TRUE,
        "Write the text of a value into a file.",
    ),
    declare(
        "fappend",
        "path, value",
        "files.append(path, value)",
        A_TRUE,
        "Append the text of a value to a file.",
    ),
    declare(
        "bread",
        "path",
        "files.read_bytes(path)",
        A_LIST,
        "The bytes of a file, as numbers.",
    ),
    declare(
        "bwrite",
        "path, values",
        "files.write_bytes(path, values)",
        A_TRUE,
        "Write numbers as bytes into a file.",
    ),
    declare(
        "bappend",
        "path, values",
        "files.append_bytes(path, values)",
        A_TRUE,
        "Append numbers as bytes to a file.",
    ),
)

_LINE = Fact(TEXT | NIL, NOTHING)

_STREAMS = (
    declare_overloads(
        "fopen",
        [("path, mode=None", "files.open_file(path, mode)")],
        AN_OBJECT,
        "A file opened for reading (r), writing (w) or appending (a).",
        aliases=("file_open",),
    ),
    declare(
        "open",
        'path, mode="r", encoding=None',
        "open(path, mode, encoding=encoding)",
        AN_OBJECT,
        "Python's file object, for `with`.",
    ),
    declare(
        "fclose",
        "file",
        "files.close(file)",
        A_TRUE,
        "Close a file.",
        aliases=("file_close",),
    ),
    declare(
        "fsize",
        "file",
        "files.size(file)",
        AN_INTEGER,
        "The size of a file in bytes, -1 when there is none.",
    ),
    declare(
        "fseek",
        "file, position",
        "files.seek(file, position)",
        A_TRUE,
        "Move to a position in a file.",
    ),
    declare(
        "ftell",
        "file",
        "files.tell(file)",
        AN_INTEGER,
        "The position in a file.",
    ),
    declare(
        "fgetchars",
        "file, count",
        "files.read_characters(file, count)",
        A_TEXT,
        "The next characters of a file.",
    ),
    declare(
        "fputchars",
        "file, text",
        "files.write_characters(file, text)",
        A_TRUTH,
        "Write characters; nil when the file is open for reading.",
    ),
    declare(
        "file_eof",
        "file",
        "files.at_end(file)",
        A_BOOL,
        "Tell whether all of a file is read.",
    ),
    declare(
        "file_read",
        "file, count=None",
        "files.read_characters(file, count)",
        A_TEXT,
        "The next characters of a file, by default all that is left.",
    ),
    declare(
        "file_readline",
        "file",
        "files.read_line(file)",
        A_TEXT,
        "The next line of a file with its line break.",
    ),
    declare(
        "file_readlist",
        "file",
        "files.read_lines(file)",
        TEXTS,
        "The lines left in a file.",
    ),
    declare(
        "file_getchar",
        "file",
        "files.read_character(file)",
        A_TEXT,
        "The next character of a file.",
    ),
    declare(
        "file_write",
        "file, value",
        "files.write_characters(file, value)",
        A_TRUTH,
        "Write the text of a value.",
    ),
    declare(
        "file_writeln",
        "file, value",
        "files.write_line(file, value)",
        A_TRUTH,
        "Write the text of a value and a line break.",
    ),
    declare(
        "file_getstruct",
        "file, opening, closing",
        "files.read_balanced(file, opening, closing)",
        _LINE,
        "The next balanced part of a file between two signs.",
    ),
)

_FOLDERS = (
    declare(
        "ls",
        "path",
        "files.entries(path)",
        TEXTS,
        "The paths of the entries of a folder.",
    ),
    declare_overloads(
        "isdirectory",
        [
            ("path: text", "os.path.isdir(path)"),
            ("path", "files.is_directory(path)"),
        ],
        A_BOOL,
        "Tell whether a path is a folder.",
    ),
    declare_overloads(
        "file_exists",
        [("path: text", "os.path.exists(path)"), ("path", "files.exists(path)")],
        A_BOOL,
        "Tell whether a path is there.",
    ),
    declare(
        "fileinfo",
        "path",
        "files.facts(path)",
        Fact(DICT | NIL, INT | TEXT | BOOL | NIL),
        "Size, dates and place of a file; nil when it is missing.",
    ),
    declare_overloads(
        "realpath",
        [("path: text", "os.path.realpath(path)"), ("path", "files.real_path(path)")],
        A_TEXT,
        "The absolute path without links.",
    ),
)

_PROCESS = (
    declare(
        "command",
        "command",
        "system.run_command(command)",
        TEXTS,
        "Run a shell command; the lines of its output, each with its line break.",
    ),
    declare_overloads(
        "getenv",
        [
            ("name: text", 'os.environ.get(name, "")'),
            ("name", "system.environment(name)"),
        ],
        A_TEXT,
        "The value of an environment variable, empty when it is not set.",
    ),
    declare(
        "setenv",
        "name, value",
        "system.set_environment(name, value)",
        A_TRUE,
        "Set an environment variable.",
    ),
    declare_overloads(
        "exit",
        [
            ("", "sys.exit()"),
            ("status: integer", "sys.exit(status)"),
            ("status=0", "system.leave(status)"),
        ],
        A_NIL,
        "End the program with a status.",
        value="system.leave",
    ),
    declare(
        "os_version",
        "",
        "system.operating_system()",
        A_TEXT,
        '"LINUX", "MACOS" or "WINDOWS".',
    ),
    declare(
        "memory_size",
        "",
        "system.free_memory()",
        A_FLOAT,
        "Free memory in GB.",
    ),
    declare(
        "memory_full_size",
        "",
        "system.total_memory()",
        A_FLOAT,
        "Total memory in GB.",
    ),
)


def _part_or_date(arguments: Sequence[Fact]) -> Fact:
    return AN_INTEGER if len(arguments) == 1 else AN_OBJECT


_TIME = (
    declare_overloads(
        "sleep",
        [("milliseconds", "system.sleep(milliseconds)")],
        A_TRUE,
        "Wait for some milliseconds.",
    ),
    declare(
        "chrono",
        "",
        "dates.chrono()",
        AN_OBJECT,
        "A point in time; the difference of two is in milliseconds.",
    ),
    declare("date", "", "dates.now()", AN_OBJECT, "The date and time now."),
    declare(
        "setdate",
        "year, month=-1, day=-1, hour=-1, minute=-1, second=-1",
        "dates.date_of(year, month, day, hour, minute, second)",
        AN_OBJECT,
        "A date; parts that are -1 are those of now.",
    ),
    *(
        declare(
            name,
            "date, value=-1",
            f"dates.{name}(date, value)",
            _part_or_date,
            f"The {name} of a date; with a value, the date after it is set.",
        )
        for name in ("year", "month", "day", "hour", "minute", "second")
    ),
    declare(
        "yearday",
        "date",
        "dates.day_of_year(date)",
        AN_INTEGER,
        "The number of the day in its year, from 0.",
    ),
    declare(
        "weekday",
        "date",
        "dates.day_of_week(date)",
        AN_INTEGER,
        "The number of the day in its week, Sunday being 0.",
    ),
)

BUILTINS: tuple[Builtin, ...] = (
    *_WHOLE_FILES,
    *_STREAMS,
    *_FOLDERS,
    *_PROCESS,
    *_TIME,
)
