"""The same SQL, unchanged, by Apache Spark: for offices that outgrow one machine (docs/many-offices.md)."""

import shutil
from datetime import UTC

import pytest

from shouwen.core.date_range import month, whole_year
from shouwen.core.statistics.figures import Figures
from shouwen.services.bulletin import empty
from shouwen.services.lake import Lake
from shouwen.services.overdue import Wanted
from shouwen.store import lake_query


def spark_asks(session):
    """An engine like ``ask``: the same questions of the same files, to Apache Spark."""

    def ask(root, found, name, tables, **views):
        for table in tables:
            there = lake_query.paths(root, found, table)
            reader = session.read.option("basePath", f"{root}/{table}")
            reader.parquet(*there).createOrReplaceTempView(table)
        for view, (columns, rows) in views.items():
            names = [column.split()[0] for column in columns.split(", ")]
            session.createDataFrame(rows, names).createOrReplaceTempView(view)
        answer = [row.asDict() for row in session.sql(lake_query.sql(name)).collect()]
        for row in answer:
            if row.get("due") and not row["due"].tzinfo:
                row["due"] = row["due"].replace(tzinfo=UTC)
        return answer

    return ask


@pytest.fixture(scope="module")
def spark():
    """A session of Spark on this machine alone."""
    sql = pytest.importorskip("pyspark.sql", reason="没有 pyspark：pip install 'shouwen[spark]'")
    if not shutil.which("java"):
        pytest.skip("没有 Java：apt-get install default-jre-headless")
    session = (
        sql.SparkSession.builder.master("local[2]").appName("shouwen")
        .config("spark.ui.enabled", "false").config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
        .getOrCreate()
    )  # fmt: skip
    yield session
    session.stop()


@pytest.mark.slow
@pytest.mark.parametrize("period", [month(2026, 10), month(2026, 11), whole_year(2026)], ids=str)
def test_spark_says_the_same(twenty, spark, period):
    """Every figure of every group of a bulletin, the medians too."""
    _, lake = twenty
    duck, sparked = empty(period), empty(period)
    Lake(str(lake)).bulletin(duck)
    Lake(str(lake), spark_asks(spark)).bulletin(sparked)
    assert sparked == duck
    assert duck["current"].total != Figures() or period == month(2026, 10)


@pytest.mark.slow
@pytest.mark.parametrize(
    "wanted", [Wanted(), Wanted(soon=5), Wanted(section="规划科")], ids=["late", "soon", "section"]
)
def test_spark_finds_the_same_late(twenty, spark, wanted):
    """Every row of what is late, and what stands beside."""
    _, lake = twenty
    one = Lake(str(lake)).overdue(wanted)
    other = Lake(str(lake), spark_asks(spark)).overdue(wanted)
    assert [r["id"] for r in one[0].rows] == [r["id"] for r in other[0].rows]
    assert one == other and one[0].rows
