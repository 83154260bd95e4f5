-- The latest dated activities of each person with a record, formalities included, each with its
-- rank. In no order: sorting the titles and links of everybody takes more memory than all else.
WITH latest AS (
    SELECT
        activities.person,
        activities.line,
        activities.source,
        activities.type,
        activities.moment,
        people.who,
        ROW_NUMBER() OVER (
            PARTITION BY activities.person ORDER BY activities.moment DESC, activities.line DESC
        ) AS rank
    FROM activities
    JOIN people ON people.person = activities.person AND people.known
    WHERE activities.moment IS NOT NULL
    QUALIFY rank <= 40
)
SELECT
    latest.person,
    latest.rank,
    STRFTIME(latest.moment, '%Y-%m-%dT%H:%M:%SZ'),
    CAST(latest.source AS VARCHAR),
    CAST(latest.type AS VARCHAR),
    latest.who,
    line.title,
    line.url,
    line.channel
FROM latest
JOIN line ON line.rowid = latest.line
