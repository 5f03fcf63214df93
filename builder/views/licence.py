"""What a licence of data allows, in plain words: of the well-known ones, and of none."""

from __future__ import annotations

import re

# The elements of Creative Commons in the order in which its names have them.
_COMMONS = re.compile(r"(?i)CC[ -]BY(?P<nc>-NC)?(?:(?P<sa>-SA)|(?P<nd>-ND))?[ -][1-9]\.[0-9]")
_NO_RIGHTS = re.compile(r"(?i)CC0(?:[ -]1\.0)?")


def licence_text(licence: str, publisher: str) -> str:
    """What may be done with the data; of a licence that is not known, that its terms hold, and
    without one, that nothing is promised."""
    if not licence:
        whom = publisher or "网站的主办单位"
        return (
            "没有注明许可协议。可以查阅、下载、核对，引用时请注明出处；"
            f"要转载成批的数据或者另作他用，请先询问{whom}。"
        )
    if _NO_RIGHTS.fullmatch(licence):
        return f"{licence}：可以任意使用，不附条件。"
    found = _COMMONS.fullmatch(licence)
    if not found:
        return f"{licence}：可以怎样使用，以它的条款为准。"
    allowed = ["复制", "转载"] + ["改编"] * (not found["nd"])
    trade = "但不得用于商业用途" if found["nc"] else "也可以用于商业用途"
    asked = ["注明出处和许可协议"] + ["改动过的说明作了改动"] * (not found["nd"])
    asked += ["改编后用同一协议公开"] * bool(found["sa"])
    asked += ["不公开改编过的数据"] * bool(found["nd"])
    return f"{licence}：可以{'、'.join(allowed)}，{trade}。条件是{'，'.join(asked)}。"
