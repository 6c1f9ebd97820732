"""Parameters: dated published values with unit and source, and other data the package ships."""
