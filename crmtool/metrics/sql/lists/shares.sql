-- What each part did in the months asked for, beside the month and the year before. Formalities
-- show in the list of types alone, so that the other lists add up to the figures.
WITH asked AS (
    SELECT UNNEST($positions) AS position, UNNEST($months) AS month
),
needed AS (
    SELECT month FROM asked
    UNION
    SELECT month - 1 FROM asked
    UNION
    SELECT month - 12 FROM asked
),
done AS (
    SELECT month, day, source, type, kind, person, COUNT(*) AS times
    FROM scoped
    WHERE scope = $scope AND NOT staff AND month IN (SELECT month FROM needed)
    GROUP BY month, day, source, type, kind, person
),
counted AS (
    SELECT * FROM done WHERE kind <> 'formality'
),
parts AS (
    SELECT 'types' AS list, CAST(type AS VARCHAR) AS name, month, kind, person, times
    FROM done
    UNION ALL
    SELECT 'sources', CAST(source AS VARCHAR), month, kind, person, times
    FROM counted
    UNION ALL
    SELECT 'subprojects', scope.scope, month, kind, person, times
    FROM counted
    JOIN scope ON scope.source = counted.source AND scope.scope <> ''
    UNION ALL
    SELECT 'organisations', affiliation.organisation, month, kind, counted.person, times
    FROM counted
    JOIN affiliation
        ON affiliation.person = counted.person
        AND counted.day BETWEEN affiliation.since AND affiliation.until
    UNION ALL
    SELECT 'people', people.who, month, kind, counted.person, times
    FROM counted
    JOIN people ON people.person = counted.person AND people.listed
),
shares AS (
    SELECT
        list,
        name,
        month,
        CAST(SUM(CASE WHEN kind = 'contribution' THEN times ELSE 0 END) AS BIGINT)
            AS contributions,
        CAST(SUM(CASE WHEN kind = 'contribution' THEN 0 ELSE times END) AS BIGINT)
            AS conversations,
        COUNT(DISTINCT person) AS people
    FROM parts
    GROUP BY list, name, month
)
SELECT
    asked.position,
    this.list,
    this.name,
    this.contributions,
    this.conversations,
    this.people,
    COALESCE(last_month.contributions + last_month.conversations, 0),
    COALESCE(last_year.contributions + last_year.conversations, 0)
FROM asked
JOIN shares AS this ON this.month = asked.month
LEFT JOIN shares AS last_month
    ON last_month.list = this.list
    AND last_month.name = this.name
    AND last_month.month = this.month - 1
LEFT JOIN shares AS last_year
    ON last_year.list = this.list
    AND last_year.name = this.name
    AND last_year.month = this.month - 12
ORDER BY asked.position, this.list, this.contributions DESC, this.conversations DESC, this.name
