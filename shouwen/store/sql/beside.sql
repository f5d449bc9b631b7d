-- What stands beside the list: disputes, long pauses, how many confidential limits ran out, what is not judged.
-- View: beside. Runs unchanged on DuckDB and on Apache Spark.
SELECT office, kind, text, data, n, concerned
FROM beside
ORDER BY office, kind, text, data
