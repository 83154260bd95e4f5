-- How often each person with a record did something that counts in which source.
SELECT activities.person, CAST(activities.source AS VARCHAR), COUNT(*) AS times
FROM activities
JOIN people ON people.person = activities.person AND people.known
WHERE activities.kind <> 'formality'
GROUP BY activities.person, activities.source
ORDER BY activities.person, times DESC, activities.source
