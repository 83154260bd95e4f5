-- title: Occasional contributors
-- unit: people
-- about: Contributors who made exactly one contribution in the month (CHAOSS: Occasional
--   Contributors).
WITH each AS (
    SELECT month, person
    FROM community
    WHERE scope = $scope AND kind = 'contribution' AND person IS NOT NULL
    GROUP BY month, person
    HAVING COUNT(*) = 1
)
SELECT month, COUNT(*) AS value
FROM each
GROUP BY month
