-- title: Returning contributors
-- unit: people
-- about: People who contributed in the month, were active before, and had done nothing for at
--   least three whole months in between (after CHAOSS: Inactive Contributors).
WITH present AS (
    SELECT
        person,
        month,
        MAX(CASE WHEN kind = 'contribution' THEN 1 ELSE 0 END) AS contributed
    FROM community
    WHERE scope = $scope AND person IS NOT NULL
    GROUP BY person, month
),
paced AS (
    SELECT
        month,
        contributed,
        LAG(month) OVER (PARTITION BY person ORDER BY month) AS before
    FROM present
)
SELECT month, COUNT(*) AS value
FROM paced
WHERE contributed = 1 AND month - before > 3
GROUP BY month
