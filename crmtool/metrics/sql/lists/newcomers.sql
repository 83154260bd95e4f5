-- The first activity of everyone who was seen for the first time in the months asked for.
WITH asked AS (
    SELECT UNNEST($positions) AS position, UNNEST($months) AS month
),
first AS (
    SELECT person, month, moment, line, source, type
    FROM community
    WHERE scope = $scope AND person IS NOT NULL
    QUALIFY ROW_NUMBER() OVER (PARTITION BY person ORDER BY moment, line) = 1
)
SELECT
    asked.position,
    STRFTIME(first.moment, '%Y-%m-%dT%H:%M:%SZ'),
    CAST(first.source AS VARCHAR),
    CAST(first.type AS VARCHAR),
    people.who,
    line.title,
    line.url,
    line.channel
FROM asked
JOIN first ON first.month = asked.month
JOIN people ON people.person = first.person AND people.listed
JOIN line ON line.rowid = first.line
ORDER BY asked.position, first.moment, first.line
