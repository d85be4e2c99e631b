"""What the process that reads a file may use."""

CPU_SECONDS = 7
WALL_SECONDS = 9.0
MEMORY_BYTES = 1_500 * 1024 * 1024
