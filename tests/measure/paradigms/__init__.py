"""How casualties are told in Chinese, as a grammar with known truth: its words, its clauses, its documents."""
