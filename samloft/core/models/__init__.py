from samloft.core.models.audit import AuditAbout, AuditHead, AuditRow

__all__ = ["AuditAbout", "AuditHead", "AuditRow"]
