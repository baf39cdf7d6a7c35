"""The report: every analysis on one page that opens offline, with its evidence and its methods."""

from textmine.report.build import write_report

__all__ = ["write_report"]
