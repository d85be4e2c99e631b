"""What the process that reads a file may use."""

CPU_SECONDS = 6
WALL_SECONDS = 8.0
MEMORY_BYTES = 1_500 * 1024 * 1024
