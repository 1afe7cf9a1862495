"""Helpers of the cluster tests: a deployment under Ray Serve, and what runs in its replicas."""
