-- title: Newcomers
-- unit: people
-- about: People who were seen for the first time in the month, by any activity that counts
--   (CHAOSS: New Contributors, widened to conversation).
WITH first AS (
    SELECT person, MIN(month) AS month
    FROM community
    WHERE scope = $scope AND person IS NOT NULL
    GROUP BY person
)
SELECT month, COUNT(*) AS value
FROM first
GROUP BY month
