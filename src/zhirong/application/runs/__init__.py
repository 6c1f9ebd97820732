"""The methods run on a case, each on the groups it has inputs for."""
