-- title: Contributions
-- unit: activities
-- about: Activities that leave something in the project, in code or otherwise (CHAOSS: Types of
--   Contributions; Orbit model: contribute).
SELECT month, COUNT(*) AS value
FROM community
WHERE scope = $scope AND kind = 'contribution'
GROUP BY month
