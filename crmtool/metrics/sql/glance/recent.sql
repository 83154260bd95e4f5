-- The latest that is worth showing, whoever did it; nobody is shown who may not be named.
WITH latest AS (
    SELECT activities.line, activities.source, activities.type, activities.moment, people.who
    FROM activities
    JOIN people ON people.person = activities.person AND people.listed
    WHERE activities.moment IS NOT NULL AND activities.kind <> 'formality'
    ORDER BY activities.moment DESC, activities.line DESC
    LIMIT 30
)
SELECT
    STRFTIME(latest.moment, '%Y-%m-%dT%H:%M:%SZ'),
    CAST(latest.source AS VARCHAR),
    CAST(latest.type AS VARCHAR),
    latest.who,
    line.title,
    line.url,
    line.channel
FROM latest
JOIN line ON line.rowid = latest.line
ORDER BY latest.moment DESC, latest.line DESC
