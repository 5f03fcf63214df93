"""How the readers of this wing give up."""

from __future__ import annotations


class Unreadable(Exception):
    """A file cannot be read: why, and what its owner can do, both in Chinese."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.advice = advice


def damaged(what: str) -> Unreadable:
    """A file that is broken, by accident or not; `what` is what is wrong with it."""
    return Unreadable(
        f"文件已损坏：{what}",
        "请用 Excel、Word 或 WPS 打开原文件，另存一份再导入；打不开的，请向提供文件的人重新要一份",
    )


def excessive(what: str) -> Unreadable:
    """A file that is larger than anything honest; `what` is too much."""
    return Unreadable(f"文件太大：{what}", "请只留自评表，删去图片和多余的工作表，另存一份再导入")


def suspicious(what: str) -> Unreadable:
    """A file as no office program writes it."""
    return Unreadable(
        f"文件里有不该有的内容：{what}",
        "这样的文件可能有害，请核对来源；确实可靠的，用 Excel、Word 或 WPS 打开后另存一份再导入",
    )
