"""The pages of intake: the inbox, the review of one arrival, and its pictures."""
