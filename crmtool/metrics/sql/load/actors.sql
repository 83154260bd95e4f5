-- Everyone who did anything.
SELECT DISTINCT actor FROM line WHERE actor IS NOT NULL
