-- title: Absence factor
-- unit: people
-- about: The fewest people who together made half of the month's contributions (CHAOSS:
--   Contributor Absence Factor, once called bus factor).
WITH each AS (
    SELECT month, person, COUNT(*) AS made
    FROM community
    WHERE scope = $scope AND kind = 'contribution' AND person IS NOT NULL
    GROUP BY month, person
),
ranked AS (
    SELECT
        month,
        made,
        SUM(made) OVER (
            PARTITION BY month ORDER BY made DESC, person ROWS UNBOUNDED PRECEDING
        ) AS so_far,
        SUM(made) OVER (PARTITION BY month) AS total
    FROM each
)
SELECT month, COUNT(*) AS value
FROM ranked
WHERE 2 * (so_far - made) < total
GROUP BY month
