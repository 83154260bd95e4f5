-- title: Staff share
-- unit: share
-- about: The part of all contributions that staff made, whom every other figure leaves out
--   (after CHAOSS: Organizational Diversity).
SELECT month, AVG(CASE WHEN staff THEN 1.0 ELSE 0.0 END) AS value
FROM scoped
WHERE scope = $scope AND kind = 'contribution'
GROUP BY month
