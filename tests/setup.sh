#!/bin/sh
# Fetches what the tests need besides Python packages, once: Chromium and Java (Debian), the jars of a Neo4j
# Community (Maven Central) into the user's cache, followthemoney in an environment of its own (it builds
# against the ICU headers), and a Spark (3.5; COLLABGRAPH_SPARK names another version, which is then tested too).
# What cannot be had is said; the tests that need it then skip with that reason.
set -u

install() {  # PURPOSE PACKAGE...: Debian packages, where this user may install them
    purpose=$1; shift
    { command -v apt-get && [ "$(id -u)" = 0 ] && apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@"; } >/dev/null 2>&1 ||
        echo "setup: $* could not be installed; $purpose tests will skip" >&2
}

command -v chromium >/dev/null 2>&1 || install browser chromium fonts-noto-cjk

version=$(sed -n 's/^NEO4J = "\(.*\)"$/\1/p' tests/conftest.py)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/collabgraph/neo4j-$version
if [ ! -d "$cache/lib" ]; then
    command -v mvn >/dev/null 2>&1 && command -v java >/dev/null 2>&1 || install Neo4j default-jre-headless maven
    part=$cache/part.$$
    mkdir -p "$part"
    cat >"$part/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>neo4j</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>$version</version></dependency>
  </dependencies>
</project>
POM
    if mvn -q -B -f "$part/pom.xml" dependency:copy-dependencies "-DoutputDirectory=$part/lib" >"$cache/mvn.log" 2>&1; then
        mv "$part/lib" "$cache/lib" 2>/dev/null
    else
        echo "setup: the jars of Neo4j $version could not be fetched ($cache/mvn.log); Neo4j tests will skip" >&2
    fi
    rm -rf "$part"
fi

entities=${XDG_CACHE_HOME:-$HOME/.cache}/collabgraph/followthemoney
if [ ! -x "$entities/bin/python" ]; then
    command -v icu-config >/dev/null 2>&1 || pkg-config --exists icu-i18n 2>/dev/null ||
        install entity libicu-dev pkg-config g++
    { "$PYTHON" -m venv "$entities.part" && "$entities.part/bin/python" -m pip install -q followthemoney==4.11.2 &&
        mv "$entities.part" "$entities"; } >/dev/null 2>&1 ||
        echo "setup: followthemoney could not be installed; the test of its export will skip" >&2
    rm -rf "$entities.part"
fi

spark=${COLLABGRAPH_SPARK:-$(sed -n 's/^SPARK = "\(.*\)"$/\1/p' tests/graph/scale/test_spark.py)}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/collabgraph/spark-$spark
if [ ! -d "$cache" ]; then  # a folder for PYTHONPATH, because it is used with the environment of the tests
    { "$PYTHON" -m pip install -q --no-deps --target "$cache.part" "pyspark==$spark" py4j==0.10.9.7 \
        pandas==2.3.3 pyarrow==26.0.1 python-dateutil pytz tzdata six &&
        mv "$cache.part" "$cache"; } >/dev/null 2>&1 ||
        echo "setup: pyspark $spark could not be installed; Spark tests will skip" >&2
    rm -rf "$cache.part"
fi

axe=$(sed -n 's/^AXE = "\(.*\)"$/\1/p' tests/graph/view/conftest.py)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/collabgraph/axe-core-$axe
if [ ! -f "$cache/package/axe.min.js" ]; then
    command -v npm >/dev/null 2>&1 || install accessibility npm
    mkdir -p "$cache"
    (cd "$cache" && npm pack --silent "axe-core@$axe" && tar -xzf "axe-core-$axe.tgz") >/dev/null 2>&1 ||
        echo "setup: axe-core $axe could not be fetched; accessibility tests will skip" >&2
fi
exit 0
