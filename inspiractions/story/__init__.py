"""What is told of an action, in which words and which order."""
