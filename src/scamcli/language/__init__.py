"""What words mean: dates, names, places, numbers. It knows no record and no database."""
