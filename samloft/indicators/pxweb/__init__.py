"""A client for statistics banks that run PxWeb, in versions 1 and 2 of its interface."""
