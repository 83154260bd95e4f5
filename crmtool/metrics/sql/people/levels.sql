-- The orbit level of each person with a record (Orbit model v2, table of activity weights and
-- presence milestones): by the heaviest thing they did, or by how many days of a week, a month or a
-- quarter they were there, whichever says more. Only what counts, in the last so many days.
WITH recent AS (
    SELECT activities.person, activities.day, vocabulary.weight
    FROM activities
    JOIN vocabulary
        ON vocabulary.source = activities.source AND vocabulary.type = activities.type
    JOIN people ON people.person = activities.person AND people.known
    CROSS JOIN today
    WHERE activities.kind <> 'formality'
        AND activities.day > today.day - CAST($span AS INTEGER)
),
days AS (SELECT DISTINCT person, day FROM recent),
spans AS (
    SELECT person, 'week' AS unit, COUNT(*) AS days
    FROM days GROUP BY person, DATE_TRUNC('week', day)
    UNION ALL
    SELECT person, 'month' AS unit, COUNT(*) AS days
    FROM days GROUP BY person, DATE_TRUNC('month', day)
    UNION ALL
    SELECT person, 'quarter' AS unit, COUNT(*) AS days
    FROM days GROUP BY person, DATE_TRUNC('quarter', day)
),
presence AS (
    SELECT
        person,
        MAX(days) FILTER (WHERE unit = 'week') AS week,
        MAX(days) FILTER (WHERE unit = 'month') AS month,
        MAX(days) FILTER (WHERE unit = 'quarter') AS quarter
    FROM spans
    GROUP BY person
),
commitment AS (SELECT person, MAX(weight) AS heaviest FROM recent GROUP BY person)
SELECT
    people.who,
    CASE
        WHEN commitment.heaviest >= 10 OR presence.quarter >= 30 THEN 1
        WHEN commitment.heaviest >= 7 OR presence.month >= 7 THEN 2
        WHEN commitment.heaviest >= 4 OR presence.week >= 2 THEN 3
        ELSE 4
    END
FROM people
JOIN presence ON presence.person = people.person
JOIN commitment ON commitment.person = people.person
ORDER BY people.who
