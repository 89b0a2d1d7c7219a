"""What goes wrong when a document is made."""

from alerts.errors import AlertError


class DocumentError(AlertError):
    """公文未能生成。"""
