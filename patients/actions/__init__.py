"""What is done to patients' records."""
