"""Every command of `samloft`, in the order that `samloft --help` lists them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """`module` holds the command (see `samloft.core.cli`); it is imported only when the command is called."""

    name: str
    module: str
    help: str


COMMANDS = (
    Entry("demo", "samloft.config.cli.demo", "make or refresh the demo data"),
    Entry("import-plan", "samloft.plans.cli.import_plan", "read a plan from a file; --accept stores it"),
    Entry(
        "import-statistics",
        "samloft.indicators.cli.import_statistics",
        "read figures from a file; --accept stores them",
    ),
    Entry(
        "import-areas", "samloft.indicators.cli.import_areas", "enter areas and what became of them from a file"
    ),
    Entry("check-plan", "samloft.plans.cli.check_plan", "check a plan for gaps and contradictions"),
    Entry("import-agreement", "samloft.programmes.cli.import_agreement", "enter an agreement from a YAML file"),
    Entry("obligations", "samloft.programmes.cli.obligations", "what the parties owe, and how it stands"),
    Entry("send-notices", "samloft.overview.cli.send_notices", "hand the day's reminders to the worker"),
    Entry("area-profile", "samloft.indicators.cli.area_profile", "an area in figures, beside larger areas"),
    Entry("document", "samloft.config.cli.document", "write a document as PDF, Word or HTML"),
    Entry("audit", "samloft.core.cli.audit", "check that the audit trail is whole"),
    Entry("operator", "samloft.accounts.cli.operator", "give someone the account that operates this installation"),
    Entry("build", "samloft.config.cli.build", "compile translations and collect static files"),
    Entry("prepare", "samloft.config.cli.prepare", "build, migrate and, with SAMLOFT_DEMO=1, demo data once"),
    Entry("migrate", "samloft.config.cli.migrate", "bring the database up to date"),
    Entry("manage", "samloft.config.cli.manage", "run one of Django's own commands"),
)
