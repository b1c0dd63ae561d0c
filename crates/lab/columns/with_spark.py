"""Archives a file of events as Parquet with Spark, and answers the questions of docs/ARCHIVES.md: FOLDER [--quick].

FOLDER has events.ndjson, event.spark.json and answers.json, which `run` makes.
"""

import json
import shutil
import sys
from pathlib import Path

import pyspark
from common import ONE_DAY, ORGANIZATION, PERSON, Schema, Timer, check_answers, check_raw, folder_size, listed_properties
from pyspark.sql import SparkSession, functions as f
from pyspark.sql.types import StructType

QUESTIONS = {
    "messages": """
        SELECT Message.personEmail, day, count(*) FROM archive
        WHERE resource = 'messages' AND type = 'created' AND Message.personEmail IS NOT NULL
        GROUP BY Message.personEmail, day
    """,
    "guests": f"""
        SELECT room, count(DISTINCT guest) AS guests FROM (
            SELECT Membership.roomId AS room, Membership.personId AS guest FROM archive
            WHERE resource = 'memberships' AND type = 'created' AND Membership.personOrgId <> '{ORGANIZATION}'
        )
        WHERE room IS NOT NULL AND guest IS NOT NULL GROUP BY room
    """,
    "calls": """
        SELECT id, try_cast(CallRecord.callDurationSeconds AS BIGINT) AS seconds FROM archive
        WHERE resource = 'call_records' AND try_cast(CallRecord.callDurationSeconds AS BIGINT) > 3600
    """,
    "drift": """
        WITH properties AS (
            SELECT day, resource, explode(json_object_keys(raw)) AS path FROM archive WHERE id IS NOT NULL
            UNION ALL
            SELECT day, resource, concat('data.', key) FROM archive
            LATERAL VIEW explode(json_object_keys(get_json_object(raw, '$.data'))) AS key WHERE id IS NOT NULL
        )
        SELECT left(day, 7) AS month, path, count(*) FROM properties
        LEFT ANTI JOIN listed
            ON listed.path = properties.path AND coalesce(listed.resource, properties.resource) = properties.resource
        GROUP BY month, path
    """,
    "person": f"""
        SELECT created, id FROM archive WHERE actorId = '{PERSON}' OR data.personId = '{PERSON}'
    """,
}


def columns_table(lines, schema):
    """Returns the table of the archive: `raw`, the columns of the event, a struct for each view, and the day.

    A value of another type than its column is null there, and a broken line has no columns but `raw`.
    """
    table = lines.withColumnRenamed("value", "raw")
    table = table.select("raw", f.from_json("raw", StructType.fromJson(schema.root)).alias("event"))
    table = table.select("raw", "event.*")
    views = {}
    for view in schema.views:
        views.setdefault(view["name"], (StructType.fromJson(view["columns"]), []))[1].extend(view["values"])
    for name, (columns, values) in views.items():
        struct = f.from_json(f.get_json_object("raw", "$.data"), columns)
        table = table.withColumn(name, f.when(f.col("resource").isin(values), struct))
    day = f.substring("created", 1, 10)
    return table.withColumn("day", f.when(day.rlike("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), day).otherwise("unknown"))


def write_parquet(table, folder):
    """Writes a table as Parquet, with a folder for each day."""
    table.repartition("day").write.mode("overwrite").partitionBy("day").parquet(str(folder))


def register_archive(session, *folders):
    """Makes `archive` the table in folders of Parquet files, of which later ones may have other columns."""
    tables = [session.read.option("mergeSchema", True).parquet(str(folder)) for folder in folders]
    tables[0].createOrReplaceTempView("archive")


def answer_questions(session, timer=None):
    """Returns the answers to all questions."""
    ask = lambda query: [tuple(row) for row in session.sql(query).collect()]
    if timer is None:
        return {name: ask(query) for name, query in QUESTIONS.items()}
    return {name: timer.run(f"question {name}", lambda: ask(query)) for name, query in QUESTIONS.items()}


def remove_columns(schema, column, view, field):
    """Returns the schema of an earlier version, without a column of events and a field of a view."""
    older = Schema.__new__(Schema)
    older.root, older.views = json.loads(json.dumps([schema.root, schema.views]))
    remove = lambda columns, name: columns["fields"].remove(next(it for it in columns["fields"] if it["name"] == name))
    remove(older.root, column)
    [remove(item["columns"], field) for item in older.views if item["name"] == view]
    return older


def print_inferred_schema(session, events):
    """Prints the schema that Spark infers."""
    inferred = session.read.json(str(events))
    for field in inferred.schema.fields:
        print(f"spark: inferred {field.name}: {field.dataType.simpleString()[:300]}")
    data = inferred.schema["data"].dataType
    print(f"spark: inferred type of data: {data.typeName()}")


def main():
    folder, quick = Path(sys.argv[1]).resolve(), "--quick" in sys.argv
    events, archive = folder / "events.ndjson", folder / "spark"
    size = events.stat().st_size
    timer, schema = Timer("spark", size), Schema(folder, "spark")
    session = SparkSession.builder.master("local[*]").config("spark.ui.enabled", False)
    session = session.config("spark.ui.showConsoleProgress", False)
    session = session.config("spark.sql.shuffle.partitions", 8).config("spark.sql.parquet.compression.codec", "zstd")
    session = session.config("spark.sql.sources.partitionColumnTypeInference.enabled", False)
    session = session.config("spark.sql.session.timeZone", "UTC").config("spark.driver.memory", "4g").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    print(f"spark {pyspark.__version__}, {size / 1e6:.1f} MB of events", flush=True)
    listed = session.createDataFrame(listed_properties(folder), "resource STRING, path STRING")
    listed.createOrReplaceTempView("listed")

    # A line ends at a line feed alone, so that a carriage return stays in `raw`.
    lines = session.read.option("lineSep", "\n").text(str(events))
    timer.run("write", lambda: write_parquet(columns_table(lines, schema), archive), size)
    print(f"spark: Parquet with raw: {folder_size(archive) / 1e6:.1f} MB", flush=True)
    register_archive(session, archive)
    check_answers("spark", folder, answer_questions(session, timer))
    raw = [row.raw for row in session.sql("SELECT raw FROM archive").collect()]
    check_raw("spark", events, raw)
    (folder / "raw.ndjson").write_bytes("".join(line + "\n" for line in raw).encode())

    for ending in ["gz", "zst"]:
        packed = session.read.option("lineSep", "\n").text(f"{events}.{ending}")
        timer.run(f"write from .{ending}", lambda: write_parquet(columns_table(packed, schema), folder / "packed"), size)
        register_archive(session, folder / "packed")
        check_answers(f"spark from .{ending}", folder, answer_questions(session))

    both = folder / "older"
    shutil.rmtree(both, ignore_errors=True)
    is_older = f.crc32("value") % 2 == 0
    older = columns_table(lines.where(is_older), remove_columns(schema, "orgId", "Message", "isVoiceClip"))
    newer = columns_table(lines.where(~is_older), schema)
    for table in [older, newer]:
        table.repartition("day").write.mode("append").partitionBy("day").parquet(str(both))
    register_archive(session, both)
    assert "orgId" in session.table("archive").columns
    check_answers("spark mergeSchema", folder, answer_questions(session))
    if quick:
        return

    write_parquet(columns_table(lines, schema).drop("raw"), folder / "without-raw")
    print(f"spark: Parquet without raw: {folder_size(folder / 'without-raw') / 1e6:.1f} MB")
    register_archive(session, archive)
    one_day = QUESTIONS["messages"].replace("WHERE", f"WHERE day = '{ONE_DAY}' AND")
    of_archive = timer.run("one day of the Parquet", lambda: session.sql(one_day).collect())
    columns_table(lines, schema).createOrReplaceTempView("archive")
    of_file = timer.run("one day of the NDJSON", lambda: session.sql(one_day).collect())
    assert sorted(of_archive) == sorted(of_file)
    print_inferred_schema(session, events)


main()
