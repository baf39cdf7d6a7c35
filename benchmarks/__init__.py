"""Reproducible comparisons with what a user would pick instead; see docs/benchmarks.md."""
