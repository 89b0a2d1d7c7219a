"""How the sources are doing, and what a person may do about one."""
