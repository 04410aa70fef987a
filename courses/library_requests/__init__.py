"""Authors ask for libraries that a file needs; whoever installs them answers."""
