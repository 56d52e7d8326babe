"""A question in Chinese or English → Cypher → an answer with its evidence."""
