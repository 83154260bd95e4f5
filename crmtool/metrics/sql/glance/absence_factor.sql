-- The fewest people who made half of the contributions of the last 365 days (CHAOSS).
WITH each AS (
    SELECT community.person, COUNT(*) AS made
    FROM community
    CROSS JOIN today
    WHERE community.scope = ''
        AND community.kind = 'contribution'
        AND community.person IS NOT NULL
        AND community.day > today.day - INTERVAL '365' DAY
    GROUP BY community.person
),
ranked AS (
    SELECT
        made,
        SUM(made) OVER (ORDER BY made DESC, person ROWS UNBOUNDED PRECEDING) AS so_far,
        SUM(made) OVER () AS total
    FROM each
)
SELECT COUNT(*) FROM ranked WHERE 2 * (so_far - made) < total
