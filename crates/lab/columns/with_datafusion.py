"""Archives a file of events as Parquet with DataFusion, and answers the questions of docs/ARCHIVES.md: FOLDER [--quick].

FOLDER has events.ndjson, event.arrow.json, event.spark.json and answers.json, which `run` makes. DataFusion's own reader of
NDJSON ends at the first value of another type, so a function of this script parses the lines by the Arrow schema.
"""

import json
import shutil
import sys
from pathlib import Path

import datafusion
import pyarrow as pa
from common import ONE_DAY, ORGANIZATION, PERSON, Schema, Timer, check_answers, check_raw, folder_size, listed_properties
from datafusion import CsvReadOptions, SessionContext, udf

SCALARS = {"Utf8": pa.string(), "Boolean": pa.bool_(), "Int64": pa.int64(), "UInt64": pa.uint64(), "Float64": pa.float64()}

QUESTIONS = {
    "messages": """
        SELECT "Message"['personEmail'] AS email, day, count(*) AS number FROM archive
        WHERE resource = 'messages' AND type = 'created' AND "Message"['personEmail'] IS NOT NULL
        GROUP BY "Message"['personEmail'], day
    """,
    "guests": f"""
        SELECT room, count(DISTINCT guest) AS guests FROM (
            SELECT "Membership"['roomId'] AS room, "Membership"['personId'] AS guest FROM archive
            WHERE resource = 'memberships' AND type = 'created' AND "Membership"['personOrgId'] <> '{ORGANIZATION}'
        )
        WHERE room IS NOT NULL AND guest IS NOT NULL GROUP BY room
    """,
    "calls": """
        SELECT id, TRY_CAST("CallRecord"['callDurationSeconds'] AS BIGINT) AS seconds FROM archive
        WHERE resource = 'call_records' AND TRY_CAST("CallRecord"['callDurationSeconds'] AS BIGINT) > 3600
    """,
    "drift": """
        WITH properties AS (
            SELECT day, resource, unnest(property_paths(raw)) AS path FROM archive WHERE id IS NOT NULL
        )
        SELECT left(day, 7) AS month, path, count(*) AS number FROM properties
        LEFT ANTI JOIN listed
            ON listed.path = properties.path AND coalesce(listed.resource, properties.resource) = properties.resource
        GROUP BY left(day, 7), path
    """,
    "person": f"""
        SELECT created, id FROM archive WHERE "actorId" = '{PERSON}' OR data['personId'] = '{PERSON}'
    """,
}


def arrow_type(kind):
    """Returns the Arrow type for the `data_type` of a field in a schema from `cargo codegen columns --for arrow`."""
    if isinstance(kind, str):
        return SCALARS[kind]
    [(name, inside)] = kind.items()
    if name == "List":
        return pa.list_(arrow_field(inside))
    if name == "Map":
        key, value = inside[0]["data_type"]["Struct"]
        return pa.map_(pa.string(), arrow_field(value))
    return pa.struct([arrow_field(field) for field in inside])


def arrow_field(field):
    """Returns the Arrow field for a field of a schema."""
    return pa.field(field["name"], arrow_type(field["data_type"]), field["nullable"])


def make_converter(field):
    """Returns the function that turns a parsed JSON value into the value of a field; None if it is of another type."""
    kind = field["data_type"]
    text = lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if field["metadata"].get("ARROW:extension:name") == "arrow.json":
        return lambda value: None if value is None else text(value)
    if kind == "Utf8":
        return lambda value: value if value is None or isinstance(value, str) else text(value)
    if kind == "Boolean":
        return lambda value: value if isinstance(value, bool) else None
    if kind in ("Int64", "UInt64"):
        low, high = (-(2**63), 2**63) if kind == "Int64" else (0, 2**64)
        return lambda value: value if type(value) is int and low <= value < high else None
    if kind == "Float64":
        return lambda value: float(value) if type(value) in (int, float) else None
    [(name, inside)] = kind.items()
    if name == "List":
        item = make_converter(inside)
        return lambda value: [item(it) for it in value] if isinstance(value, list) else None
    if name == "Map":
        item = make_converter(inside[0]["data_type"]["Struct"][1])
        return lambda value: [(key, item(it)) for key, it in value.items()] if isinstance(value, dict) else None
    fields = [(field["name"], make_converter(field)) for field in inside]
    return lambda value: (
        {name: convert(value.get(name)) for name, convert in fields} if isinstance(value, dict) else None
    )


def parse_or_none(text):
    """Returns the JSON value in a text; None for a broken one."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def register_parsers(context, schema):
    """Registers the function `event`, which parses a line to a struct: the columns of the event, and a struct for each view."""
    views = {}
    for view in schema.views:
        views.setdefault(view["name"], ({"Struct": view["columns"]["fields"]}, []))[1].extend(view["values"])
    view_fields = {
        name: {"name": name, "data_type": kind, "nullable": True, "metadata": {}} for name, (kind, _) in views.items()
    }
    names = {value: name for name, (_, values) in views.items() for value in values}
    event_field = {"name": "event", "data_type": {"Struct": schema.root["fields"]}, "nullable": True, "metadata": {}}
    event_of = make_converter(event_field)
    view_of = {name: make_converter(field) for name, field in view_fields.items()}
    kind = pa.struct([arrow_field(field) for field in [*schema.root["fields"], *view_fields.values()]])

    def event(text):
        value = parse_or_none(text)
        columns = event_of(value)
        name = names.get(columns["resource"]) if columns else None
        if name:
            columns[name] = view_of[name](value.get("data"))
        return columns

    def paths(text):
        value = parse_or_none(text)
        if not isinstance(value, dict):
            return None
        data = value.get("data")
        return [*value, *(f"data.{name}" for name in data)] if isinstance(data, dict) else [*value]

    per_text = lambda function, kind: lambda texts: pa.array([function(text) for text in texts.to_pylist()], kind)
    list_of_texts = pa.list_(pa.string())
    context.register_udf(udf(per_text(event, kind), [pa.string()], kind, "immutable", "event"))
    context.register_udf(udf(per_text(paths, list_of_texts), [pa.string()], list_of_texts, "immutable", "property_paths"))
    return [field.name for field in kind]


def register_lines(context, path, compression=""):
    """Makes `lines` the table of the lines in a file, with the column `raw`.

    U+0001 and U+0002 are in no JSON text, so nothing separates columns, and no character quotes.
    """
    context.deregister_table("lines")
    options = CsvReadOptions(
        has_header=False, delimiter="\x01", quote="\x02", schema=pa.schema([("raw", pa.string())]),
        file_extension=Path(path).suffix, file_compression_type=compression,
    )  # fmt: skip
    context.register_csv("lines", str(path), options=options)


def columns_query(names):
    """Returns the query for the columns of the archive: `raw`, those of the event, a struct for each view, and the day."""
    columns = ", ".join(f"e['{name}'] AS \"{name}\"" for name in names)
    is_day = "regexp_like(substr(e['created'], 1, 10), '^[0-9]{4}-[0-9]{2}-[0-9]{2}$')"
    day = f"CASE WHEN {is_day} THEN substr(e['created'], 1, 10) ELSE 'unknown' END AS day"
    return f"SELECT raw, {columns}, {day} FROM (SELECT raw, event(raw) AS e FROM lines)"


def write_parquet(context, query, folder, append=False):
    """Writes the result of a query as Parquet, with a folder for each day. With `append`, keeps the files that are there."""
    if not append:
        shutil.rmtree(folder, ignore_errors=True)
    options = "'format.compression' 'zstd(3)', 'execution.keep_partition_by_columns' 'false'"
    context.sql(f"COPY ({query}) TO '{folder}/' STORED AS PARQUET PARTITIONED BY (day) OPTIONS ({options})").collect()


def register_archive(context, folder, schema=None):
    """Makes `archive` the table in a folder of Parquet files. Columns of `schema` that a file does not have are null."""
    context.deregister_table("archive")
    context.register_parquet("archive", str(folder), table_partition_cols=[("day", pa.string())], schema=schema)


def fetch_rows(context, query):
    """Returns the rows of the result of a query."""
    return [tuple(row.values()) for batch in context.sql(query).collect() for row in batch.to_pylist()]


def answer_questions(context, timer=None):
    """Returns the answers to all questions."""
    if timer is None:
        return {name: fetch_rows(context, query) for name, query in QUESTIONS.items()}
    return {name: timer.run(f"question {name}", lambda: fetch_rows(context, query)) for name, query in QUESTIONS.items()}


def split_lines(events):
    """Writes the lines of a file in turns to two files beside it, and returns the paths of these."""
    lines = Path(events).read_bytes().splitlines(keepends=True)
    halves = [Path(events).with_suffix(f".half-{number}") for number in range(2)]
    for number, half in enumerate(halves):
        half.write_bytes(b"".join(lines[number::2]))
    return halves


def remove_columns(schema, column, view, field):
    """Returns the schema of an earlier version, without a column of events and a field of a view."""
    older = Schema.__new__(Schema)
    older.root, older.views = json.loads(json.dumps([schema.root, schema.views]))
    remove = lambda columns, name: columns["fields"].remove(next(it for it in columns["fields"] if it["name"] == name))
    remove(older.root, column)
    [remove(item["columns"], field) for item in older.views if item["name"] == view]
    return older


def main():
    folder, quick = Path(sys.argv[1]).resolve(), "--quick" in sys.argv
    events, archive = folder / "events.ndjson", folder / "datafusion"
    size = events.stat().st_size
    timer, schema, context = Timer("datafusion", size), Schema(folder, "arrow"), SessionContext()
    print(f"datafusion {datafusion.__version__}, {size / 1e6:.1f} MB of events", flush=True)
    listed = listed_properties(folder)
    columns = {"resource": [resource for resource, _ in listed], "path": [path for _, path in listed]}
    context.register_record_batches("listed", [pa.table(columns).to_batches()])
    names = register_parsers(context, schema)

    register_lines(context, events)
    timer.run("write", lambda: write_parquet(context, columns_query(names), archive), size)
    print(f"datafusion: Parquet with raw: {folder_size(archive) / 1e6:.1f} MB", flush=True)
    register_archive(context, archive)
    check_answers("datafusion", folder, answer_questions(context, timer))
    raw = [row[0] for row in fetch_rows(context, "SELECT raw FROM archive")]
    check_raw("datafusion", events, raw)
    (folder / "raw.ndjson").write_bytes("".join(line + "\n" for line in raw).encode())

    for ending, compression in [("gz", "gzip"), ("zst", "zstd")]:
        register_lines(context, f"{events}.{ending}", compression)
        timer.run(f"write from .{ending}", lambda: write_parquet(context, columns_query(names), folder / "packed"), size)
        register_archive(context, folder / "packed")
        check_answers(f"datafusion from .{ending}", folder, answer_questions(context))

    register_lines(context, events)
    newest = context.sql(columns_query(names)).schema()
    older_context, older, halves = SessionContext(), folder / "older", split_lines(events)
    older_names = register_parsers(older_context, remove_columns(schema, "orgId", "Message", "isVoiceClip"))
    register_lines(older_context, halves[0])
    write_parquet(older_context, columns_query(older_names), older)
    register_lines(context, halves[1])
    write_parquet(context, columns_query(names), older, append=True)
    register_archive(context, older, pa.schema([field for field in newest if field.name != "day"]))
    check_answers("datafusion with the newer schema", folder, answer_questions(context))
    if quick:
        return

    register_lines(context, events)
    without_raw = columns_query(names).replace("SELECT raw, ", "SELECT ", 1)
    write_parquet(context, without_raw, folder / "without-raw")
    print(f"datafusion: Parquet without raw: {folder_size(folder / 'without-raw') / 1e6:.1f} MB")
    register_archive(context, archive)
    one_day = QUESTIONS["messages"].replace("WHERE", f"WHERE day = '{ONE_DAY}' AND")
    of_archive = timer.run("one day of the Parquet", lambda: fetch_rows(context, one_day))
    of_lines = one_day.replace("FROM archive", f"FROM ({columns_query(names)})")
    of_file = timer.run("one day of the NDJSON", lambda: fetch_rows(context, of_lines))
    assert sorted(of_archive) == sorted(of_file)
    try:
        context.register_json("inferred", str(events), file_extension=".ndjson")
        fetch_rows(context, "SELECT count(*) FROM inferred")
    except Exception as error:
        print(f"datafusion: inferred schema: {str(error)[:300]}")


main()
