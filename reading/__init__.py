"""Reading: the bytes of a policy text become targets, measures, stages and departments, each traced."""
