-- The first and the last moment that may count; no zone is two days ahead of another.
SELECT MIN(line.moment), MAX(line.moment)
FROM line
CROSS JOIN today
WHERE line.moment < today.day + INTERVAL '2' DAY
