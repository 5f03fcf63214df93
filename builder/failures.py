"""What ends a command before its work is done: told in one Chinese sentence, without a trace."""

from __future__ import annotations

import errno

_REASONS = {
    errno.EACCES: "没有权限",
    errno.EDQUOT: "超出了磁盘配额",
    errno.EEXIST: "已有同名的文件",
    errno.EFBIG: "文件太大，超过了系统的限制",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EIO: "磁盘读写出错",
    errno.ELOOP: "链接绕成了圈",
    errno.EMFILE: "打开的文件太多",
    errno.ENAMETOOLONG: "路径太长",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOMEM: "内存不足",
    errno.ENOSPC: "磁盘已满",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘只能读",
}


_DISK = {errno.EDQUOT, errno.EFBIG, errno.EIO, errno.ENOSPC, errno.EROFS}


class WrongUsage(Exception):
    """What was asked for cannot be meant as it stands: another command line will do."""


class EnvironmentFailed(Exception):
    """The disk, git or the network did not do its part: the command line is right."""


def reason(error: OSError) -> str:
    """Why the system refused, in a few Chinese words; in its own where we have none."""
    return _REASONS.get(error.errno or 0) or error.strerror or f"{error}"


def disk_reason(error: BaseException) -> str:
    """Why a disk took no more, whoever it was that wrote; "" for any other error."""
    return reason(error) if isinstance(error, OSError) and error.errno in _DISK else ""
