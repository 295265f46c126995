"""`zhunshi bench`: what the service costs, each measure beside a bare one in the same run."""
