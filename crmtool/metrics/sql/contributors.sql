-- title: Contributors
-- unit: people
-- about: People with at least one contribution, in code or otherwise, in the month (CHAOSS:
--   Contributors).
SELECT month, COUNT(DISTINCT person) AS value
FROM community
WHERE scope = $scope AND kind = 'contribution'
GROUP BY month
