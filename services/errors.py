"""The service's error tree.

ServiceError
├── ConfigError      a configuration file cannot be used; names file, line and the way out
└── NotFound         no such alert, event, report or brief
"""


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
