-- The figures of a bulletin: one row a period, group, member and figure.
-- Views: figures (what each inquiry adds to each figure of a period), asked (which period is which).
-- Runs unchanged on DuckDB and on Apache Spark. What is alike is added up first, so that the groups are
-- made of few rows however many inquiries there are; of hours the middle is wanted, so they are ranked.
WITH counted AS (
  SELECT asked.which, office, department, staff, category, channel, source, figure, name,
         SUM(n) AS n, SUM(of_count) AS of_count
  FROM figures JOIN asked ON figures.period = asked.period
  WHERE figure <> 'hours'
  GROUP BY asked.which, office, department, staff, category, channel, source, figure, name
),
placed AS (
  SELECT which, 'total' AS grp, '' AS ledger, '' AS member, figure, n, of_count FROM counted
  UNION ALL
  SELECT which, 'ledger', '', office, figure, n, of_count FROM counted WHERE figure NOT LIKE 'beside:%'
  UNION ALL
  SELECT which, 'department', office, department, figure, n, of_count FROM counted WHERE department <> ''
  UNION ALL
  SELECT which, 'staff', office, staff, figure, n, of_count FROM counted WHERE staff <> ''
  UNION ALL
  SELECT which, 'category', '', category, figure, n, of_count FROM counted WHERE category <> ''
  UNION ALL
  SELECT which, 'channel', '', channel, figure, n, of_count FROM counted WHERE channel <> ''
  UNION ALL
  -- whose limit it rests on: the default is a member of its own there, under the plain name of the figure
  SELECT which, 'source', '', source, name, n, of_count FROM counted WHERE source <> ''
),
summed AS (
  SELECT which, grp, ledger, member, figure, SUM(n) AS n, SUM(of_count) AS of_count
  FROM placed
  GROUP BY which, grp, ledger, member, figure
),
hours AS (
  SELECT asked.which, office, department, staff, category, channel, n
  FROM figures JOIN asked ON figures.period = asked.period
  WHERE figure = 'hours'
),
taken AS (
  SELECT which, 'total' AS grp, '' AS ledger, '' AS member, n FROM hours
  UNION ALL
  SELECT which, 'ledger', '', office, n FROM hours
  UNION ALL
  SELECT which, 'department', office, department, n FROM hours WHERE department <> ''
  UNION ALL
  SELECT which, 'staff', office, staff, n FROM hours WHERE staff <> ''
  UNION ALL
  SELECT which, 'category', '', category, n FROM hours WHERE category <> ''
  UNION ALL
  SELECT which, 'channel', '', channel, n FROM hours WHERE channel <> ''
),
ranked AS (
  SELECT which, grp, ledger, member, n,
         ROW_NUMBER() OVER (PARTITION BY which, grp, ledger, member ORDER BY n) AS place,
         COUNT(*) OVER (PARTITION BY which, grp, ledger, member) AS many
  FROM taken
),
middle AS (  -- the middle one, or both in the middle; nine in ten took no longer (the nearest rank)
  SELECT which, grp, ledger, member,
         (SUM(CASE WHEN place * 2 >= many AND (place - 1) * 2 < many THEN n ELSE 0 END)
          + SUM(CASE WHEN place * 2 > many AND (place - 1) * 2 <= many THEN n ELSE 0 END)) / 2 AS median_hours,
         SUM(CASE WHEN place * 10 >= many * 9 AND (place - 1) * 10 < many * 9 THEN n ELSE 0 END) AS p90_hours
  FROM ranked
  GROUP BY which, grp, ledger, member
)
SELECT which, grp, ledger, member, figure, n, of_count FROM summed
UNION ALL
SELECT which, grp, ledger, member, 'median_hours', median_hours, 0 FROM middle
UNION ALL
SELECT which, grp, ledger, member, 'p90_hours', p90_hours, 0 FROM middle
ORDER BY 1, 2, 3, 4, 5
