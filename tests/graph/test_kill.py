"""A build that is killed at any statement and run again ends where an uninterrupted one does."""

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

from graph.digest import digest
from graph.stores import open_store

KILLS = 20
ROWS = 36

# For each line "store" it forks a child, which adds the file to that store in small batches and says each statement
# before it runs, so that the parent can kill it there.  Forked, because a fresh Python would read all word lists anew.
NURSERY = """
import os, sys
from pathlib import Path
from graph.facts.lines import read_lines
from graph.load import Loader
from graph.rows import article
from graph.schema import ensure_schema
from graph.stores import open_store

def build(url):
    with open_store(url) as store:
        ensure_schema(store)
        transact = store.transact

        def telling(work):
            def told(run):
                def said(query, parameters):
                    print("statement", flush=True)
                    return run(query, parameters)

                done = work(said)
                print("commit", flush=True)
                return done

            return transact(told)

        store.transact = telling
        loader = Loader(store)
        for start in range(0, len(articles), 4):
            loader.add(articles[start : start + 4])

articles = [article(one.extraction, one.lines) for one in read_lines(Path(sys.argv[1]), print)]
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        build(line.strip())
        print("done", flush=True)
        os._exit(0)
    print(child, flush=True)
    print("left", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


def rows() -> list[str]:
    """Documents whose names join and rename one another all the time."""
    chance = random.Random(4)
    stems = [f"远山{number}" for number in range(9)]
    lines = []
    for number in range(ROWS):
        one, other = chance.sample(stems, 2)
        name = chance.choice([one, f"{one}科技", f"{one}科技有限公司"])
        document = {
            "id": f"d{number}",
            "organizations": [{"name": name, "aliases": [one, f"{one}科技"]}, {"name": other}],
            "collaborations": [{"source": name, "target": other, "kind": chance.choice(["supply", "joint_rd"])}],
        }
        lines.append(json.dumps(document, ensure_ascii=False))
    return lines


class Nursery:
    """Runs builds of one file, and kills them."""

    def __init__(self, facts: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", NURSERY, str(facts)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def build(self, store: Path, *, last: int | None) -> bool:
        """Build into ``store``, killed at its statement ``last``; says whether it ended before that."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(store, file=self.process.stdin, flush=True)
        child, statements, done = 0, 0, False
        for line in self.process.stdout:
            match line.split():
                case ["statement"]:
                    statements += 1
                    if statements == last:
                        os.kill(child, signal.SIGKILL)
                case ["done"]:
                    done = True
                case ["left", code]:
                    assert code == ("0" if done else f"{-signal.SIGKILL}")
                    return done
                case [number] if number.isdigit():
                    child = int(number)
        raise AssertionError("the nursery ended")

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.close()
        assert self.process.wait() == 0


def test_a_killed_build_continued_is_an_uninterrupted_one(tmp_path: Path) -> None:
    """``kill -9`` at twenty random statements loses nothing and doubles nothing."""
    facts = tmp_path / "facts.jsonl"
    facts.write_text("\n".join(rows()), encoding="utf-8")
    nursery = Nursery(facts)
    chance = random.Random(7)
    ended = [nursery.build(tmp_path / "killed", last=chance.randrange(1, 30)) for _ in range(KILLS)]
    assert not any(ended[: KILLS // 2])
    assert nursery.build(tmp_path / "killed", last=None)
    assert nursery.build(tmp_path / "whole", last=None)
    nursery.close()
    with open_store(str(tmp_path / "killed"), reading=True) as killed, open_store(str(tmp_path / "whole")) as whole:
        assert digest(killed) == digest(whole)
