"""The web: public pages, the staff's desk, the JSON interfaces. Each is a blueprint in one table."""
