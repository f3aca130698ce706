"""How the files are shared out between the processes of a run."""

from functools import cache
from pathlib import Path

from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

ROOT = Path(__file__).parents[1]
STACK = "the running stack"
# What takes longest comes first, or one process would be left with it in the end; all others
# follow by their number of tests.
LONGEST = (
    STACK,
    "tests/frontend/test_accessibility.py",
    "tests/access/test_table.py",
    "tests/lookus/test_up.py",
    "tests/lookus/test_rolling.py",
    "tests/vision/test_training.py",
    "tests/lookus/test_bench_relevance.py",
    "tests/lookus/test_bench_import.py",
    "tests/frontend/test_first_hour.py",
    "tests/recommender/test_bench_search.py",
    "tests/frontend/test_pictures.py",
    "tests/admin/test_every_page.py",
    "tests/admin/test_review_browser.py",
    "tests/lookus/test_demo_seed.py",
    "tests/chaos/test_kill.py",
)


class LongestFirst(LoadFileScheduling):
    """xdist's own sharing by files, but for the order, and for the files that look at a stack."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(super()._split_scope(nodeid))

    def _assign_work_unit(self, node: WorkerController) -> None:
        self.workqueue.move_to_end(min(self.workqueue, key=place), last=False)
        super()._assign_work_unit(node)


@cache
def group_of(file: str) -> str:
    """One process tests the running stack, so that one stack is started."""
    return STACK if "live_stack" in (ROOT / file).read_text(encoding="utf-8") else file


def place(group: str) -> int:
    return LONGEST.index(group) if group in LONGEST else len(LONGEST)
