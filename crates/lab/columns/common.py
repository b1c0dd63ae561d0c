"""What the scripts for all engines share: the schema from `cargo codegen columns`, and the comparison of answers."""

import json
import os
import sys
import time
from pathlib import Path

ORGANIZATION = "Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8x"
PERSON = "Y2lzY29zcGFyazovL3VzL1BFT1BMRS800000007"
ONE_DAY = "2026-03-03"


class Schema:
    """The output of `cargo codegen columns --for ENGINE --views`."""

    def __init__(self, folder, engine):
        output = json.loads((Path(folder) / f"event.{engine}.json").read_text())
        self.root = output["columns"]
        self.views = output["views"]


def listed_properties(folder):
    """Returns (resource, path) of each property that has a column; the resource is None for those of all events."""
    schema = Schema(folder, "spark")
    data = next(field for field in schema.root["fields"] if field["name"] == "data")
    listed = [(None, field["name"]) for field in schema.root["fields"]]
    listed += [(None, "data." + field["name"]) for field in data["type"]["fields"]]
    for view in schema.views:
        for resource in view["values"]:
            listed += [(resource, "data." + field["name"]) for field in view["columns"]["fields"]]
    return listed


def cpu_seconds():
    """Returns the processor time that this process and the processes that it has started have taken, on Linux; else 0."""
    stats = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        stats[int(path.parent.name)] = (int(fields[1]), sum(map(int, fields[11:15])))
    own = {os.getpid()}
    for _ in range(5):
        own |= {process for process, (parent, _) in stats.items() if parent in own}
    return sum(stats[process][1] for process in own if process in stats) / os.sysconf("SC_CLK_TCK")


class Timer:
    """Prints how long each step takes, in seconds and in seconds of a processor."""

    def __init__(self, engine, size):
        self.engine, self.size = engine, size

    def run(self, name, step, size=None):
        start, cpu_start = time.monotonic(), cpu_seconds()
        result = step()
        seconds, cpu = time.monotonic() - start, cpu_seconds() - cpu_start
        speed = f", {size / seconds / 1e6:.1f} MB/s, {size / max(cpu, 0.01) / 1e6:.1f} MB per CPU second" if size else ""
        print(f"{self.engine}: {name}: {seconds:.2f} s, {cpu:.2f} CPU s{speed}", flush=True)
        return result


def folder_size(folder):
    """Returns the bytes of all Parquet files below a folder."""
    return sum(path.stat().st_size for path in Path(folder).rglob("*.parquet"))


def check_answers(engine, folder, answers):
    """Compares the answers of an engine with those of the crate, and ends the program if one differs."""
    expected = json.loads((Path(folder) / "answers.json").read_text())
    wrong = 0
    for question in ["messages", "guests", "calls", "drift", "person"]:
        rows = sorted([list(row) for row in answers[question]])
        if rows == sorted(expected[question]):
            print(f"{engine}: {question}: {len(rows)} rows, the same as the crate's", flush=True)
            continue
        wrong += 1
        missing = [row for row in expected[question] if row not in rows]
        extra = [row for row in rows if row not in expected[question]]
        print(f"{engine}: {question} differs: missing {missing[:5]}, extra {extra[:5]}", file=sys.stderr)
    if wrong:
        sys.exit(1)


def check_raw(engine, events, raw):
    """Compares the texts in the column `raw` with the lines of the file `events`, byte for byte, in any order."""
    lines = sorted(Path(events).read_bytes().split(b"\n")[:-1])
    texts = sorted(text.encode() for text in raw)
    if lines != texts:
        differing = [pair for pair in zip(lines, texts) if pair[0] != pair[1]]
        print(f"{engine}: raw differs: {len(lines)} lines, {len(texts)} texts, {differing[:1]}", file=sys.stderr)
        sys.exit(1)
    print(f"{engine}: raw: {len(texts)} lines, byte for byte", flush=True)
