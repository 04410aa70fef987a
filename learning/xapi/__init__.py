"""The words and rules of xAPI 1.0.3 (Part Two: data), pure: nothing here knows of Django or of our rows."""
