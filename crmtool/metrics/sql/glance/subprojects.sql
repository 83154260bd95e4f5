-- What each subproject did in the last 30 days, beside the 30 days before and the same 30 days
-- a year before: a calendar month would begin at nothing on its first day.
WITH windowed AS (
    SELECT
        community.scope,
        community.kind,
        community.person,
        CASE
            WHEN community.day > today.day - INTERVAL '30' DAY THEN 'now'
            WHEN community.day > today.day - INTERVAL '60' DAY THEN 'before'
            WHEN community.day > today.day - INTERVAL '395' DAY
                AND community.day <= today.day - INTERVAL '365' DAY THEN 'year'
        END AS stretch
    FROM community
    CROSS JOIN today
    WHERE community.scope <> ''
)
SELECT
    scope,
    COUNT(*) FILTER (WHERE stretch = 'now' AND kind = 'contribution'),
    COUNT(*) FILTER (WHERE stretch = 'now' AND kind = 'conversation'),
    COUNT(DISTINCT CASE WHEN stretch = 'now' THEN person END),
    COUNT(*) FILTER (WHERE stretch = 'before'),
    COUNT(*) FILTER (WHERE stretch = 'year')
FROM windowed
GROUP BY scope
