-- title: New contributors
-- unit: people
-- about: People whose first contribution ever fell in the month (CHAOSS: New Contributors).
WITH first AS (
    SELECT person, MIN(month) AS month
    FROM community
    WHERE scope = $scope AND kind = 'contribution' AND person IS NOT NULL
    GROUP BY person
)
SELECT month, COUNT(*) AS value
FROM first
GROUP BY month
