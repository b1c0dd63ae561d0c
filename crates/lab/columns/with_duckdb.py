"""Archives a file of events as Parquet with DuckDB, and answers the questions of docs/ARCHIVES.md: FOLDER [--quick].

FOLDER has events.ndjson, event.duckdb.json, event.spark.json and answers.json, which `run` makes.
"""

import json
import shutil
import sys
from pathlib import Path

import duckdb
from common import ONE_DAY, ORGANIZATION, PERSON, Schema, Timer, check_answers, check_raw, folder_size, listed_properties

# A line is a text: U+0001 is in no JSON text, so nothing separates columns, and no character quotes.
LINES = """
    read_csv('{path}', columns = {{'raw': 'VARCHAR'}}, header = false, auto_detect = false, delim = '\x01', quote = '',
             escape = '', max_line_size = 67108864, null_padding = false)
"""

DAY = "CASE WHEN regexp_full_match(created[:10], '[0-9]{4}-[0-9]{2}-[0-9]{2}') THEN created[:10] ELSE 'unknown' END"

QUESTIONS = {
    "messages": """
        SELECT "Message"."personEmail" AS email, day, count(*) FROM archive
        WHERE resource = 'messages' AND type = 'created' AND email IS NOT NULL GROUP BY ALL
    """,
    "guests": f"""
        SELECT room, count(DISTINCT guest) AS guests FROM (
            SELECT "Membership"."roomId" AS room, "Membership"."personId" AS guest FROM archive
            WHERE resource = 'memberships' AND type = 'created' AND "Membership"."personOrgId" <> '{ORGANIZATION}'
        )
        WHERE room IS NOT NULL AND guest IS NOT NULL GROUP BY room
    """,
    "calls": """
        SELECT id, TRY_CAST("CallRecord"."callDurationSeconds" AS BIGINT) AS seconds FROM archive
        WHERE resource = 'call_records' AND seconds > 3600
    """,
    "drift": """
        WITH properties AS (
            SELECT day, resource, unnest(json_keys(raw)) AS path FROM archive WHERE id IS NOT NULL
            UNION ALL
            SELECT day, resource, 'data.' || unnest(json_keys(raw, '$.data')) FROM archive WHERE id IS NOT NULL
        )
        SELECT day[:7] AS month, path, count(*) FROM properties
        WHERE NOT EXISTS (
            SELECT 1 FROM listed
            WHERE listed.path = properties.path AND coalesce(listed.resource, properties.resource) = properties.resource
        )
        GROUP BY ALL
    """,
    "person": f"""
        SELECT created, id FROM archive WHERE "actorId" = '{PERSON}' OR data."personId" = '{PERSON}'
    """,
}


def text(value):
    """Returns `value` as a text literal of SQL."""
    return "'" + value.replace("'", "''") + "'"


def columns_query(lines, schema):
    """Returns the query for the columns of the archive: `raw`, those of the event, a struct for each view, and the day.

    A value of another type than its column is null there, and a broken line has no columns but `raw`.
    """
    views = {}
    for view in schema.views:
        views.setdefault(view["name"], (json.dumps(view["columns"]), []))[1].extend(view["values"])
    structs = "".join(
        f""", CASE WHEN resource IN ({", ".join(map(text, values))})
            THEN from_json(json_extract(raw, '$.data'), {text(columns)}) END AS "{name}"
        """
        for name, (columns, values) in views.items()
    )
    return f"""
        SELECT * {structs}, {DAY} AS day
        FROM (
            SELECT raw, unnest(from_json(CASE WHEN json_valid(raw) THEN raw END, {text(json.dumps(schema.root))}))
            FROM {lines}
        )
    """


def write_parquet(connection, query, folder):
    """Writes the result of a query as Parquet, with a folder for each day."""
    shutil.rmtree(folder, ignore_errors=True)
    connection.execute(f"COPY ({query}) TO '{folder}' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (day))")


def register_archive(connection, folder):
    """Makes `archive` the table in a folder of Parquet files, of which later ones may have other columns."""
    connection.execute(f"""
        CREATE OR REPLACE VIEW archive AS SELECT * FROM read_parquet('{folder}/**/*.parquet', union_by_name = true,
        hive_partitioning = true, hive_types = {{'day': VARCHAR}})
    """)


def answer_questions(connection, timer=None):
    """Returns the answers to all questions."""
    ask = lambda query: connection.execute(query).fetchall()
    if timer is None:
        return {name: ask(query) for name, query in QUESTIONS.items()}
    return {name: timer.run(f"question {name}", lambda: ask(query)) for name, query in QUESTIONS.items()}


def remove_columns(schema, column, view, field):
    """Returns the schema of an earlier version, without a column of events and a field of a view."""
    older = json.loads(json.dumps({"root": schema.root, "views": schema.views}))
    del older["root"][column]
    for item in older["views"]:
        if item["name"] == view:
            del item["columns"][field]
    schema = Schema.__new__(Schema)
    schema.root, schema.views = older["root"], older["views"]
    return schema


def print_inferred_schema(connection, events):
    """Prints what the schema that DuckDB infers has lost."""
    described = connection.execute(f"DESCRIBE SELECT * FROM read_json('{events}', ignore_errors = true)").fetchall()
    for name, kind, *_ in described:
        print(f"duckdb: inferred {name}: {kind[:300]}")
    count = connection.execute(f"SELECT count(*) FROM read_json('{events}', ignore_errors = true)").fetchone()[0]
    print(f"duckdb: inferred schema: {count} rows")
    try:
        connection.execute(f"SELECT max(id) FROM read_json('{events}')")
    except duckdb.Error as error:
        print(f"duckdb: inferred schema without ignore_errors: {str(error).splitlines()[0][:200]}")


def main():
    folder, quick = Path(sys.argv[1]), "--quick" in sys.argv
    events, archive = folder / "events.ndjson", folder / "duckdb"
    size = events.stat().st_size
    timer, schema = Timer("duckdb", size), Schema(folder, "duckdb")
    print(f"duckdb {duckdb.__version__}, {size / 1e6:.1f} MB of events")
    connection = duckdb.connect()
    connection.execute("CREATE TABLE listed (resource VARCHAR, path VARCHAR)")
    connection.executemany("INSERT INTO listed VALUES (?, ?)", listed_properties(folder))

    lines = LINES.format(path=events)
    timer.run("write", lambda: write_parquet(connection, columns_query(lines, schema), archive), size)
    print(f"duckdb: Parquet with raw: {folder_size(archive) / 1e6:.1f} MB")
    register_archive(connection, archive)
    check_answers("duckdb", folder, answer_questions(connection, timer))
    raw = [row[0] for row in connection.execute("SELECT raw FROM archive").fetchall()]
    check_raw("duckdb", events, raw)
    (folder / "raw.ndjson").write_bytes("".join(line + "\n" for line in raw).encode())

    for ending in ["gz", "zst"]:
        packed = LINES.format(path=f"{events}.{ending}")
        timer.run(f"write from .{ending}", lambda: write_parquet(connection, columns_query(packed, schema), folder / "packed"), size)
        register_archive(connection, folder / "packed")
        check_answers(f"duckdb from .{ending}", folder, answer_questions(connection))

    older, half = folder / "older", f"(SELECT raw, row_number() OVER () AS number FROM {lines})"
    write_parquet(connection, columns_query(f"{half} WHERE number % 2 = 0", remove_columns(schema, "orgId", "Message", "isVoiceClip")), older)
    older_files = older.rename(folder / "older-half")
    write_parquet(connection, columns_query(f"{half} WHERE number % 2 = 1", schema), older)
    older_files.rename(older / "from-older-schema")
    register_archive(connection, older)
    check_answers("duckdb union_by_name", folder, answer_questions(connection))
    if quick:
        return

    write_parquet(connection, f"SELECT * EXCLUDE (raw) FROM ({columns_query(lines, schema)})", folder / "without-raw")
    print(f"duckdb: Parquet without raw: {folder_size(folder / 'without-raw') / 1e6:.1f} MB")
    register_archive(connection, archive)
    one_day = QUESTIONS["messages"].replace("WHERE", f"WHERE day = '{ONE_DAY}' AND")
    of_archive = timer.run("one day of the Parquet", lambda: connection.execute(one_day).fetchall())
    of_lines = one_day.replace("FROM archive", f"FROM ({columns_query(lines, schema)})")
    of_file = timer.run("one day of the NDJSON", lambda: connection.execute(of_lines).fetchall())
    assert sorted(of_archive) == sorted(of_file)
    print_inferred_schema(connection, events)


main()
