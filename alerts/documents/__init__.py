"""Reports as documents in the official layout: one paper, written as DOCX or PDF."""
