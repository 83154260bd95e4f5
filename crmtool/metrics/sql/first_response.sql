-- title: First response
-- unit: hours
-- about: Median hours until somebody else, staff included, answered what was opened in the month
--   (topic, issue, question, discussion, pull request); what nobody has answered yet is left out
--   (CHAOSS: Time to First Response).
WITH openings AS (
    SELECT talk.conversation, community.person, community.moment, community.month
    FROM community
    JOIN talk ON talk.line = community.line
    WHERE community.scope = $scope
        AND talk.own
        AND community.person IS NOT NULL
        AND community.type IN (
            'topic', 'issue-opened', 'question', 'discussion', 'pull-request-opened'
        )
    -- One opening a conversation: a thread full of questions is not counted against itself.
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY talk.conversation ORDER BY community.moment, community.line
    ) = 1
),
answers AS (
    SELECT talk.conversation, scoped.person, scoped.moment
    FROM scoped
    JOIN talk ON talk.line = scoped.line
    WHERE scoped.scope = $scope
        AND scoped.type IN (
            'comment', 'reply', 'answer', 'review', 'test', 'ack', 'message', 'email',
            'issue-closed', 'pull-request-merged', 'pull-request-closed'
        )
),
waits AS (
    SELECT
        openings.conversation,
        openings.month,
        (EXTRACT(EPOCH FROM MIN(answers.moment)) - EXTRACT(EPOCH FROM openings.moment)) / 3600
            AS hours
    FROM openings
    JOIN answers
        ON answers.conversation = openings.conversation
        AND answers.moment >= openings.moment
        AND answers.person IS DISTINCT FROM openings.person
    GROUP BY openings.conversation, openings.month, openings.moment
)
SELECT month, PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY hours) AS value
FROM waits
GROUP BY month
