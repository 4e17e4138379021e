"""Themes: one YAML file dresses every format."""
