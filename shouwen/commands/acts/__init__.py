"""Acts on an inquiry."""
