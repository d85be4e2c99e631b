"""Reads the plan documents of today into measures, budget lines and texts.

One way through: `recognise` finds the format, a reader in `formats` turns bytes into a `Document` of headings,
paragraphs and tables, and `interpret` finds what they mean as a plan. All of it runs in a child process
(`isolation`), because the files come from anywhere.
"""

from samloft.core.files.refusals import FileRefused
from samloft.plans.reading.interpretation import ReadLine, Section, UnreadLine
from samloft.plans.reading.result import PlanReading, Remark, read_plan

__all__ = ["FileRefused", "PlanReading", "ReadLine", "Remark", "Section", "UnreadLine", "read_plan"]
