"""Pages of patients that need nothing of their referrals; the record itself is shown on a higher floor."""
