-- Who took part in the most conversations with each person with a record. Large ones count for
-- nobody: being there together says little, and pairs grow with the square of their size.
WITH present AS (
    SELECT DISTINCT talk.conversation, activities.person
    FROM talk
    JOIN activities ON activities.line = talk.line
    WHERE activities.person IS NOT NULL
),
small AS (
    SELECT conversation
    FROM present
    GROUP BY conversation
    HAVING COUNT(*) BETWEEN 2 AND 50
),
there AS (
    SELECT present.conversation, present.person
    FROM present
    JOIN small ON small.conversation = present.conversation
    JOIN people ON people.person = present.person AND people.listed
),
pairs AS (
    SELECT one.person AS one, other.person AS other, COUNT(*) AS threads
    FROM there AS one
    JOIN there AS other
        ON other.conversation = one.conversation AND one.person < other.person
    GROUP BY one.person, other.person
),
companions AS (
    SELECT one AS person, other AS companion, threads FROM pairs
    UNION ALL
    SELECT other, one, threads FROM pairs
),
nearest AS (
    SELECT companions.person, companions.companion, companions.threads
    FROM companions
    JOIN people ON people.person = companions.person AND people.known
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY companions.person ORDER BY companions.threads DESC, companions.companion
    ) <= 10
)
SELECT nearest.person, people.who, nearest.threads
FROM nearest
JOIN people ON people.person = nearest.companion
ORDER BY nearest.person, nearest.threads DESC, nearest.companion
