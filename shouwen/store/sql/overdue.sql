-- Every limit of an open inquiry that has run out, or has at most so many working days left.
-- Views: running (each limit that runs, as it stood when its office was exported), wanted (soon; -1 for none).
-- Runs unchanged on DuckDB and on Apache Spark.
SELECT running.*
FROM running CROSS JOIN wanted
WHERE running.level = '红牌' OR running.left_workdays <= wanted.soon
ORDER BY running.due, running.id, running.clock, running.office
