"""One document → its claims.

    read → clean → find → resolve → relate

``extract_file`` and ``extract_text`` run the five steps; ``extract.records`` holds what they hand on.
"""
