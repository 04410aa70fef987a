"""Sheets of paper: typst templates and QR codes become PDF."""
