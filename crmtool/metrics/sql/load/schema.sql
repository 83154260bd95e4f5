-- What there is to count. A month is a number, 12 * year + month - 1: months are compared and
-- subtracted more often than they are shown.

CREATE TYPE source_name AS ENUM (SELECT DISTINCT source FROM weighing ORDER BY source);
CREATE TYPE activity_type AS ENUM (SELECT DISTINCT type FROM weighing ORDER BY type);

-- What one activity of a type counts in a source. `kind` is contribution, conversation, or
-- formality: a conversation of weight 0, which no figure counts.
CREATE TABLE vocabulary AS
SELECT
    CAST(source AS source_name) AS source,
    CAST(type AS activity_type) AS type,
    kind,
    weight
FROM weighing;
DROP TABLE weighing;

-- The feeds as they are, one row a usable line; its rowid names it everywhere else.
CREATE TABLE line (
    source source_name,
    id VARCHAR,
    type activity_type,
    actor VARCHAR,
    moment TIMESTAMP,          -- UTC
    channel VARCHAR,
    thread VARCHAR,
    reply_to VARCHAR,
    title VARCHAR,
    url VARCHAR
);

-- Stretches of time over which the community's clocks differ from UTC by the same seconds.
CREATE TABLE zone (since TIMESTAMP, until TIMESTAMP, shift BIGINT);

CREATE TABLE today (day DATE, month INTEGER);

-- `known`: has a record. `listed`: may be shown; a pseudonym is counted and never listed.
CREATE TABLE people (
    person INTEGER, who VARCHAR, known BOOLEAN, listed BOOLEAN, staff BOOLEAN
);
CREATE TABLE actor (actor VARCHAR, person INTEGER);
CREATE TABLE affiliation (person INTEGER, organisation VARCHAR, since DATE, until DATE);

-- Which sources a report looks at: the scope '' is the whole community, any other a subproject.
CREATE TABLE scope (scope VARCHAR, source source_name);

-- What counts or is shown. No person: an account that is gone. No moment: no readable date.
CREATE TABLE activities (
    line BIGINT,
    source source_name,
    type activity_type,
    kind VARCHAR,
    person INTEGER,
    staff BOOLEAN,
    moment TIMESTAMP,          -- UTC
    day DATE,                  -- in the community's zone, and so is the month
    month INTEGER
);

-- Who took part in which conversation. `own`: the one that an activity belongs to, rather than
-- one that it replies into.
CREATE TABLE talk (conversation BIGINT, line BIGINT, own BOOLEAN);

-- Everything dated, by scope; then what figures count: without staff and without formalities.
CREATE VIEW scoped AS
SELECT scope.scope, activities.*
FROM activities
JOIN scope ON scope.source = activities.source
WHERE activities.month IS NOT NULL;

CREATE VIEW community AS
SELECT * FROM scoped WHERE NOT staff AND kind <> 'formality';
