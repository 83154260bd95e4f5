-- What each person with a record did in each month with anything that counts.
SELECT
    activities.person,
    activities.month,
    COUNT(*) FILTER (WHERE activities.kind = 'contribution'),
    COUNT(*) FILTER (WHERE activities.kind = 'conversation')
FROM activities
JOIN people ON people.person = activities.person AND people.known
WHERE activities.month IS NOT NULL AND activities.kind <> 'formality'
GROUP BY activities.person, activities.month
ORDER BY activities.person, activities.month
