"""What a filled Word form says, without a word lost."""
