"""Other systems that talk to the Learning Record Store: their keys, what each may do, and what it did."""
