"""Files of a matter: stored once by their content, named by their use; contracts and signatures."""
