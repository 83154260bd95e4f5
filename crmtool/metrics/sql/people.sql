-- title: Active people
-- unit: people
-- about: People who did anything that the vocabulary counts, contribution or conversation, in the
--   month (CHAOSS: Activity Dates and Times; Orbit model: presence).
SELECT month, COUNT(DISTINCT person) AS value
FROM community
WHERE scope = $scope
GROUP BY month
