"""Alerting's error tree.

AlertError
├── NotAllowed        an action that the state or the rules forbid
├── RosterError       nobody can be found for a role
└── DeliveryError
    ├── Transient     worth another try
    │   ├── Down      nobody is there, or nobody answers
    │   └── Busy      we are asked to go slower
    └── Permanent     will fail again the same way
"""


class AlertError(Exception):
    """预警处理出错。"""


class NotAllowed(AlertError):
    """当前状态不允许此操作。"""


class RosterError(AlertError):
    """值班表中找不到可联系的人。"""


class DeliveryError(AlertError):
    """消息未能送达。"""


class Transient(DeliveryError):
    """暂时未能送达，稍后会自动重试。"""


class Down(Transient):
    """对方连接不上或没有应答，稍后会自动重试。"""


class Busy(Transient):
    """对方要求放慢发送，稍后会自动重试。"""


class Permanent(DeliveryError):
    """无法送达，重试也不会成功，请改正地址或换一个渠道。"""
