-- title: Code
-- unit: activities
-- about: Commits, co-authored commits and merges (CHAOSS: Code Changes Commits).
SELECT month, COUNT(*) AS value
FROM community
WHERE scope = $scope AND type IN ('commit', 'co-author', 'merge')
GROUP BY month
