"""What a statistics file may hold. Every limit is far above what statistics banks hand out."""

LARGEST_FILE = 300 * 1024 * 1024  # bytes
MOST_CELLS = 100_000_000  # in the table that the dimensions span, whether filled or not
MOST_DIMENSIONS = 20
MOST_CATEGORIES = 100_000  # in one dimension; Norway has some 14 000 basic units
MOST_DESCRIPTION = 40 * 1024 * 1024  # bytes of a JSON file that are not figures
DEEPEST = 40  # levels of lists and objects in a JSON file
LONGEST_TEXT = 1024 * 1024  # bytes in one text
LONGEST_NUMBER = 64  # characters
LARGEST_FIGURE = 10**15
MOST_OUT_OF_ORDER = 500_000  # figures that are not in the table's order, and are sorted in memory
LONGEST_STATUS = 20
MOST_STATUSES = 100  # kinds
MOST_JOINED = 500_000  # shares that are held while their numerators and denominators are read
MOST_PROBLEMS = 100  # told one by one; the rest is counted
LONGEST_LINE = 1_000_000  # characters
LONGEST_CELL = 2_000
MOST_COLUMNS = 2_000
LARGEST_WORKBOOK = 30 * 1024 * 1024  # bytes; larger tables come as CSV or JSON-stat, which need no unpacking
LARGEST_UNPACKED = 200 * 1024 * 1024  # bytes in all parts of a workbook together
LARGEST_SHEET = 100 * 1024 * 1024
MOST_ELEMENTS = 6_000_000  # of XML in one part, two or three to a cell
MOST_SHEETS = 100
