"""The REST API: every act of the desks for other programs, with keys, descriptions and replays."""
