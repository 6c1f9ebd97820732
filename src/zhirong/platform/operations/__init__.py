"""What every topic needs: the clock, the action log and its seals, the outbox, jobs."""
