"""Tables that leave the system: CSV and xlsx."""
