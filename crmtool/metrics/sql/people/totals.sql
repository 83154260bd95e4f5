-- Everyone with a record: first and last seen by anything dated, totals of what counts.
SELECT
    activities.person,
    people.who,
    STRFTIME(MIN(activities.moment), '%Y-%m-%dT%H:%M:%SZ'),
    STRFTIME(MAX(activities.moment), '%Y-%m-%dT%H:%M:%SZ'),
    COUNT(*) FILTER (WHERE activities.kind = 'contribution'),
    COUNT(*) FILTER (WHERE activities.kind = 'conversation')
FROM activities
JOIN people ON people.person = activities.person AND people.known
GROUP BY activities.person, people.who
ORDER BY activities.person
