"""What carries people on roads, on rails, on water and in the air."""
