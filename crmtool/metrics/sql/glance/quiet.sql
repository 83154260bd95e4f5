-- People with ten contributions or more who have done nothing at all for 90 days, and something
-- in the 365 days before that. A formality is a sign of life.
WITH lives AS (
    SELECT
        person,
        COUNT(*) FILTER (WHERE kind = 'contribution') AS contributions,
        MAX(day) AS last_day
    FROM activities
    WHERE day IS NOT NULL
    GROUP BY person
)
SELECT people.who
FROM lives
JOIN people ON people.person = lives.person AND people.known AND NOT people.staff
CROSS JOIN today
WHERE lives.contributions >= 10
    AND lives.last_day <= today.day - INTERVAL '90' DAY
    AND lives.last_day > today.day - INTERVAL '455' DAY
ORDER BY lives.contributions DESC, people.who
