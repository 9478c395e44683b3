"""Synthetic referral faxes and the truth about them, from the demo world: `python -m benchmarks.faxes`."""
