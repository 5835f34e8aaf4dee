"""SQL that fills the registry as its appliers would: rows of one shape in two dialects.

Crossing ``i`` of ``number`` happens ``i / number`` of the way through the period; documents
take turns, so each crosses again after a fifth of it, in and out by turns. One in fifty is
referred, and of those one in two refused.
"""

WORDS = {
    "postgresql": {
        "numbers": "SELECT i FROM generate_series({first}::bigint, {last} - 1) AS g (i)",
        "id": "gen_random_uuid()",
        "officer": "'00000000-0000-0000-0000-000000000007'::uuid",
        "moment": "to_timestamp(epoch)",
        "day": "(to_timestamp(epoch) AT TIME ZONE 'UTC')::date",
        "eight": "lpad(person::text, 8, '0')",
        "two": "lpad((i % 20)::text, 2, '0')",
        "letters": "chr(65 + (person % 26)::int) || chr(65 + (person / 26 % 26)::int)",
        "json": "jsonb",
        "int": "int",
    },
    "sqlite": {
        "numbers": (
            "WITH RECURSIVE g (i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM g"
            " WHERE i < {last} - 1) SELECT i FROM g"
        ),
        "id": "lower(hex(randomblob(16)))",
        "officer": "'00000000000000000000000000000007'",
        "moment": "datetime(epoch, 'unixepoch')",
        "day": "date(epoch, 'unixepoch')",
        "eight": "printf('%08d', person)",
        "two": "printf('%02d', i % 20)",
        "letters": "char(65 + person % 26) || char(65 + person / 26 % 26)",
        "json": "text",
        "int": "integer",
    },
}
_CROSSINGS = """
INSERT INTO border_crossing (
    id, at, crossed_at, day, post, booth, lane, mobile, officer, officer_name, direction, status,
    check_uuid, document_key, person_key, document_type, issuer, number, surname, given_names,
    nationality, birth, sex, expiry, purpose, plate, reasons, findings, note, protection)
SELECT
    {id}, {moment}, {moment}, {day}, 'P' || {two}, '1', 'A', false, {officer}, 'Measured',
    CASE WHEN way = 0 THEN 'entry' ELSE 'exit' END,
    CASE WHEN i % 100 = 0 THEN 'refused' ELSE 'admitted' END,
    {id}, state || '/AC' || {eight}, 'BEK' || {letters} || 'OV|A|' || born || '-08-12|' || state,
    'P', state, 'AC' || {eight}, 'BEK' || {letters} || 'OV', 'AIGUL',
    state, born || '-08-12', 'F', '2033-01-01',
    CASE i % 4 WHEN 0 THEN 'tourism' WHEN 1 THEN 'work' WHEN 2 THEN 'family' ELSE '' END, '',
    CAST(CASE WHEN i % 50 = 0 THEN '["other"]' ELSE '[]' END AS {json}), CAST('[]' AS {json}),
    '', false
FROM (
    SELECT i, person, epoch, (i / {people} + person) % 2 AS way,
        substr('KGZUZBTJKTKMCHNRUSTURAFG', CAST(3 * (person % 8) + 1 AS {int}), 3) AS state,
        CAST(1950 + person % 60 AS text) AS born
    FROM (
        SELECT i, i * 7919 % {people} AS person, {begin} + i * {seconds} / {number} AS epoch
        FROM ({numbers}) AS n
    ) AS a
) AS b
"""
_TIMELINE = """
INSERT INTO border_timeline (
    document_key, crossed_at, crossing, person_key, direction, post, status, nationality)
SELECT document_key, crossed_at, id, person_key, direction, post, status, nationality
"""
STAYS = """
INSERT INTO border_stay (
    id, document_key, nationality, entry_at, entry_post, exit, exit_at, exit_post, ended_at)
SELECT
    crossing, document_key, nationality,
    CASE WHEN direction = 'entry' THEN crossed_at END,
    CASE WHEN direction = 'entry' THEN post ELSE '' END,
    CASE WHEN direction = 'exit' THEN crossing WHEN next_way = 'exit' THEN next_crossing END,
    CASE WHEN direction = 'exit' THEN crossed_at WHEN next_way = 'exit' THEN next_at END,
    CASE WHEN direction = 'exit' THEN post WHEN next_way = 'exit' THEN next_post ELSE '' END,
    CASE WHEN direction = 'exit' THEN crossed_at ELSE next_at END
FROM (
    SELECT crossing, document_key, nationality, crossed_at, direction, post,
        lag(direction) OVER w AS before, lead(direction) OVER w AS next_way,
        lead(crossing) OVER w AS next_crossing, lead(crossed_at) OVER w AS next_at,
        lead(post) OVER w AS next_post
    FROM border_timeline WHERE status = 'admitted'
    WINDOW w AS (PARTITION BY document_key ORDER BY crossed_at, crossing)
) AS moves
WHERE direction = 'entry' OR before IS NULL OR before = 'exit'
"""
_REFERRED = "CASE WHEN CAST(reasons AS text) = '[]' THEN false ELSE true END"
DETAILS = f"""
INSERT INTO border_daybreakdown (
    day, post, direction, status, referred, nationality, document_type, purpose, crossings)
SELECT day, post, direction, status, {_REFERRED}, nationality, document_type, purpose, count(*)
FROM border_crossing GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
"""  # noqa: S608  # nosec B608
TOTALS = """
INSERT INTO border_daytotal (day, post, direction, status, referred, crossings)
SELECT day, post, direction, status, referred, sum(crossings)
FROM border_daybreakdown GROUP BY 1, 2, 3, 4, 5
"""
THE_REST = (STAYS, DETAILS, TOTALS)


def crossings(vendor: str, **told: int) -> list[str]:
    """Statements for the crossings numbered ``first`` to ``last`` of ``number`` and their lines
    of the timeline; ``begin`` and ``seconds`` say when, ``people`` of how many."""
    words = {name: word.format(**told) for name, word in WORDS[vendor].items()}
    made = _CROSSINGS.format(**words, **told)
    if vendor == "postgresql":
        return [f"WITH made AS ({made} RETURNING *) {_TIMELINE} FROM made"]
    # Rows of SQLite are numbered as they come.
    new = "FROM border_crossing WHERE rowid > {first} AND rowid <= {last}".format(**told)
    return [made, f"{_TIMELINE} {new}"]
