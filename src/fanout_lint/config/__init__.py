"""What a team has settled: which rules, how bad, for which Argo."""
