-- Where the community stands today: ever, in the last 90 days, and new in the last 30.
WITH seen AS (
    SELECT
        person,
        MAX(CASE WHEN kind = 'contribution' THEN 1 ELSE 0 END) AS contributed,
        MIN(day) AS first_day,
        MAX(day) AS last_day
    FROM activities
    WHERE NOT staff AND kind <> 'formality' AND person IS NOT NULL
    GROUP BY person
)
SELECT
    COUNT(*),
    COUNT(*) FILTER (WHERE seen.contributed = 1),
    COUNT(*) FILTER (WHERE seen.last_day > today.day - INTERVAL '90' DAY),
    COUNT(*) FILTER (WHERE seen.first_day > today.day - INTERVAL '30' DAY)
FROM seen
CROSS JOIN today
