"""Disk faults at every call of an update, each followed by recovery and a full comparison."""
