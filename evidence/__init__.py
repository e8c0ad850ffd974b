"""WHAT IS KNOWN: cited, dated records of regulatory status, studies, guidance, harms and law, and their loader."""
