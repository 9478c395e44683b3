"""What people and machines do to a referral, by theme. Each verb is one transaction."""
