"""Personal data in the models of `core` and of the packages that Samløft stands on, by app label."""

from samloft.core.personal_data import PersonalData, Register

NONE, IDENTIFIER, CONTACT = PersonalData.NONE, PersonalData.IDENTIFIER, PersonalData.CONTACT
FREE_TEXT, SECRET = PersonalData.FREE_TEXT, PersonalData.SECRET

PERSONAL_DATA: dict[str, Register] = {
    "core": {
        # Never names or free text: the trail outlives the people in it, so nothing there may need erasing.
        "AuditRow": {IDENTIFIER: "actor_id", NONE: "number at action subject programme_id data previous hash"},
        "AuditAbout": {NONE: "row subject"},
        "AuditHead": {NONE: "id rows hash"},
    },
    "account": {
        "EmailAddress": {IDENTIFIER: "user", CONTACT: "email", NONE: "verified primary"},
        "EmailConfirmation": {CONTACT: "email_address", SECRET: "key", NONE: "created sent"},
    },
    "auth": {
        "Permission": {NONE: "name content_type codename"},
        "Group": {NONE: "name"},
        "Group_permissions": {NONE: "group permission"},
    },
    "contenttypes": {"ContentType": {NONE: "app_label model"}},
    "django_tasks_database": {
        "DBTaskResult": {
            NONE: "id status enqueued_at started_at finished_at priority task_path worker_ids queue_name "
            "backend_name run_after exception_class_path",
            FREE_TEXT: "args_kwargs return_value traceback",
        }
    },
    "sessions": {"Session": {SECRET: "session_key session_data", NONE: "expire_date"}},
}
