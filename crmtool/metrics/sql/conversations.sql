-- title: Conversations
-- unit: activities
-- about: Activities in which people talk about the project, formalities of weight 0 left out
--   (Orbit model: engage).
SELECT month, COUNT(*) AS value
FROM community
WHERE scope = $scope AND kind = 'conversation'
GROUP BY month
