"""A bank and an e-CNY operator to practice with: a web application with a file of its own."""
