-- A conversation is a (source, thread), or an activity without a thread and the replies to it.
-- It is numbered by its first line, so that no two get one number.
INSERT INTO talk
WITH said AS (
    SELECT line.rowid AS line, line.source, line.id, line.thread, line.reply_to
    FROM activities
    JOIN line ON line.rowid = activities.line
    WHERE activities.kind <> 'formality'
        AND (line.thread IS NOT NULL OR line.reply_to IS NOT NULL)
),
numbered AS (
    SELECT source, thread, MIN(line) AS conversation
    FROM said
    WHERE thread IS NOT NULL
    GROUP BY source, thread
),
answered AS (
    SELECT said.line, target.rowid AS target, target.source, target.thread
    FROM said
    JOIN line AS target ON target.source = said.source AND target.id = said.reply_to
    JOIN activities ON activities.line = target.rowid
    WHERE activities.kind <> 'formality'
)
SELECT numbered.conversation, said.line, TRUE
FROM said
JOIN numbered ON numbered.source = said.source AND numbered.thread = said.thread
UNION ALL
SELECT DISTINCT target, target, TRUE FROM answered WHERE thread IS NULL
UNION ALL
SELECT DISTINCT COALESCE(numbered.conversation, answered.target), answered.line, FALSE
FROM answered
LEFT JOIN numbered
    ON numbered.source = answered.source AND numbered.thread = answered.thread
