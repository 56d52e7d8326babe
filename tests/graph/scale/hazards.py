"""Models that find nothing, and of some texts die, fail or never end: what a document may do to its reader."""

import os
import time
from collections.abc import Sequence
from pathlib import Path


class Hazard:
    """A model; it has one name in all processes."""

    def __str__(self) -> str:
        return "hazard"

    def __call__(self, text: str) -> Sequence[object]:
        """By words of the text: 崩溃 ends the process, 出错 raises, 停滞 never returns, 迟缓 takes a while.

        一次 ends the process that is the first to read it: the file that the environment names tells the next.
        """
        if "崩溃" in text:
            os._exit(9)
        if "出错" in text:
            raise ValueError("a word that the model does not know")
        while "停滞" in text:
            time.sleep(0.1)
        if "迟缓" in text:
            time.sleep(0.2)
        if "一次" in text:
            try:
                Path(os.environ["HAZARD_ONCE"]).open("x").close()
            except FileExistsError:
                return ()
            os._exit(9)
        return ()


model = Hazard()
