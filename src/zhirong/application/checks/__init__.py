"""Whether values fit the business that carries them, and what was not checked."""
