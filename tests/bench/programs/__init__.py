"""What benchmarks run as processes of their own: ours as modules, those of peers as files that need only the peer."""
