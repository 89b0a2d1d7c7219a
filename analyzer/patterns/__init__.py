"""Regular expressions that are cheap to try on many texts, and the word lists that they are made of."""
