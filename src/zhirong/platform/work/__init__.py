"""Work behind the pages: relay, worker, and the supervisor that starts and ends them."""
