"""Development only: the rest of the world on one page. Absent unless SANDBOX is set."""
