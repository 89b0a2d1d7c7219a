"""The service's error tree.

ServiceError
├── ConfigError      a configuration file cannot be used; names file, line and the way out
├── NotFound         no such alert, event, report or brief
└── NotLeading       another process leads
"""

import errno

_PLAIN = {
    errno.ENOENT: "文件不存在",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EEXIST: "已有同名文件",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "磁盘只读",
}


def plainly(error: OSError) -> str:
    """Why a file cannot be used, in Chinese; the system's own words where there are none."""
    return _PLAIN.get(error.errno or 0, error.strerror or "未知原因")


class ServiceError(Exception):
    """服务出错。"""


class ConfigError(ServiceError):
    """配置文件不能使用。"""

    def __init__(self, problems: list[str]) -> None:
        """Keep every problem: one Chinese sentence each."""
        self.problems = problems
        super().__init__("\n".join(problems))


class NotFound(ServiceError):
    """找不到所要的内容。"""


class NotLeading(ServiceError):
    """另一个进程正在负责采集与研判，本进程只发送消息并提供控制台。"""

    def __init__(self) -> None:
        """The sentence says all."""
        super().__init__(self.__doc__)
