-- One row a (source, id): the first line wins. What is after today is left out, and so is an
-- actor that stands for no person.
INSERT INTO activities
WITH alike AS (
    -- The few that may be doubled: grouping numbers takes a third of the memory of names.
    SELECT HASH(source, id) AS hashed FROM line GROUP BY hashed HAVING COUNT(*) > 1
),
doubled AS (
    SELECT line.source, line.id, MIN(line.rowid) AS keep
    FROM line
    JOIN alike ON alike.hashed = HASH(line.source, line.id)
    GROUP BY line.source, line.id
    HAVING COUNT(*) > 1
),
dropped AS (
    SELECT line.rowid AS line
    FROM line
    JOIN doubled ON doubled.source = line.source AND doubled.id = line.id
    WHERE line.rowid <> doubled.keep
),
placed AS (
    SELECT
        line.rowid AS line,
        line.source,
        line.type,
        line.actor,
        line.moment,
        CAST(line.moment + zone.shift * INTERVAL '1' SECOND AS DATE) AS day
    FROM line
    LEFT JOIN zone ON line.moment >= zone.since AND line.moment < zone.until
)
SELECT
    placed.line,
    placed.source,
    placed.type,
    vocabulary.kind,
    people.person,
    COALESCE(people.staff, FALSE),
    placed.moment,
    placed.day,
    12 * EXTRACT(YEAR FROM placed.day) + EXTRACT(MONTH FROM placed.day) - 1
FROM placed
CROSS JOIN today
JOIN vocabulary ON vocabulary.source = placed.source AND vocabulary.type = placed.type
LEFT JOIN actor ON actor.actor = placed.actor
LEFT JOIN people ON people.person = actor.person
WHERE (placed.moment IS NULL OR placed.day <= today.day)
    AND (placed.actor IS NULL OR people.person IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM dropped WHERE dropped.line = placed.line)
