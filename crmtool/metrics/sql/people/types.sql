-- How often each person with a record did what, formalities included.
SELECT activities.person, CAST(activities.type AS VARCHAR), COUNT(*) AS times
FROM activities
JOIN people ON people.person = activities.person AND people.known
GROUP BY activities.person, activities.type
ORDER BY activities.person, times DESC, activities.type
