"""The running service: storage, web, processes, command line."""
