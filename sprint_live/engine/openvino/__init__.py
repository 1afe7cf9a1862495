"""The same networks as OpenVINO graphs, for CPUs."""
