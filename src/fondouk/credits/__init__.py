"""Credits: what a company may use before it pays."""
