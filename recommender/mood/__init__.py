"""The mood of a shop: its styles as a distribution, and finding shops of a mall by a photo's."""
