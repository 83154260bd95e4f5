-- The first month with anything in it, NULL where nothing is dated.
SELECT MIN(month) FROM activities
