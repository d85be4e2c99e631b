from django.apps import AppConfig
from django.db.backends.signals import connection_created

from samloft.core.collation import teach_sqlite


class CoreAppConfig(AppConfig):
    name = "samloft.core"
    label = "core"

    def ready(self) -> None:
        # The one signal in the product: SQLite offers no other place to register a collation (ADR 3).
        connection_created.connect(teach_sqlite, dispatch_uid="samloft.core.collation")
