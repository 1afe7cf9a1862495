"""Animals of farms, houses, woods and stories."""
