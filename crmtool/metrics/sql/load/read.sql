-- Lines that are no JSON, lack an id, or are of a type outside the vocabulary are left out here;
-- `check` speaks of them. A moment before 1971 is a clock that was never set: undated.
INSERT INTO line
SELECT
    feed.source,
    read.id,
    TRY_CAST(read.type AS activity_type),
    NULLIF(read.actor, ''),
    CASE
        WHEN regexp_full_match(
            read."at", '\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)'
        ) AND read."at" >= '1971'
        THEN make_timestamp(epoch_us(TRY_CAST(read."at" AS TIMESTAMPTZ)))
    END,
    read.channel,
    NULLIF(read.thread, ''),
    NULLIF(read.reply_to, ''),
    LEFT(read.title, 500),
    CASE WHEN LENGTH(read.url) <= 2000 THEN read.url END
FROM read_json(
    $files,
    format = 'newline_delimited',
    columns = {
        id: 'VARCHAR', type: 'VARCHAR', actor: 'VARCHAR', "at": 'VARCHAR', channel: 'VARCHAR',
        thread: 'VARCHAR', reply_to: 'VARCHAR', title: 'VARCHAR', url: 'VARCHAR'
    },
    maximum_object_size = $longest,
    ignore_errors = TRUE,
    filename = TRUE,
    hive_partitioning = FALSE
) AS read
JOIN feed ON feed.local = read.filename
WHERE read.id <> '' AND TRY_CAST(read.type AS activity_type) IS NOT NULL
