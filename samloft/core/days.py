"""The days that a person can mean. What lies outside is a slip of the finger, such as the year 0202."""

from datetime import date

EARLIEST = date(1900, 1, 1)
LATEST = date(2100, 12, 31)
