"""Animals of the water and its shores."""
