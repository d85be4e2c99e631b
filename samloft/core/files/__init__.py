"""Opening files that come from anywhere: which letters they hold, what is packed in them, when to refuse."""
