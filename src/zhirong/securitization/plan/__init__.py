"""What a plan file says, as records: dates, tranches, fees, supports, triggers and waterfalls."""
