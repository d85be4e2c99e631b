from samloft.core.models.audit import AuditAbout, AuditHead, AuditRow
from samloft.core.models.versioned import Versioned

__all__ = ["AuditAbout", "AuditHead", "AuditRow", "Versioned"]
