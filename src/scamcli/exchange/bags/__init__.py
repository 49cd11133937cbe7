"""BagIt bags (RFC 8493) that hand a timeline and its evidence over, and the check of a bag that comes in."""
