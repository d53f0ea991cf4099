"""The letter of what is new in the bank: what it says, and its three forms."""
