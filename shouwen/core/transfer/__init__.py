"""What comes in from other registers, and what goes out."""
