"""On PostgreSQL, crossings by month and their timeline by document. See decision 8."""

from django.db import migrations

TIMELINES = 16
CROSSING = (
    "ALTER TABLE border_crossing RENAME TO border_crossing_plain",
    "CREATE TABLE border_crossing (LIKE border_crossing_plain INCLUDING DEFAULTS)"
    " PARTITION BY RANGE (crossed_at)",
    "DROP TABLE border_crossing_plain",
    "ALTER TABLE border_crossing ADD PRIMARY KEY (id, crossed_at)",
    "CREATE INDEX crossing_by_time ON border_crossing USING brin (crossed_at)",
    "CREATE TABLE border_crossing_default PARTITION OF border_crossing DEFAULT",
)
TIMELINE = (
    "ALTER TABLE border_timeline RENAME TO border_timeline_plain",
    "CREATE TABLE border_timeline (LIKE border_timeline_plain INCLUDING DEFAULTS)"
    " PARTITION BY HASH (document_key)",
    "DROP TABLE border_timeline_plain",
    "ALTER TABLE border_timeline ADD PRIMARY KEY (document_key, crossed_at, crossing)"
    " INCLUDE (direction, post, status, person_key)",
    *(
        f"CREATE TABLE border_timeline_{number:02} PARTITION OF border_timeline"
        f" FOR VALUES WITH (MODULUS {TIMELINES}, REMAINDER {number})"
        for number in range(TIMELINES)
    ),
)


def partition(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for name, statements in (("Crossing", CROSSING), ("Timeline", TIMELINE)):
        for statement in statements:
            schema_editor.execute(statement)
        model = apps.get_model("border", name)
        for index in model._meta.indexes:
            schema_editor.add_index(model, index)


class Migration(migrations.Migration):
    dependencies = [("border", "0001_initial")]

    # The tables are empty here: nothing has to be moved.
    operations = [migrations.RunPython(partition, migrations.RunPython.noop)]
