"""All that is filled in: Word forms out and in, the interview of « new », the web form."""
