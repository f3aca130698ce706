"""Shoppers' searches laid over the map: what is looked for where nothing stands."""
