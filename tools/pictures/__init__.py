"""A picture of every page of the service, on every kind of screen: ``python -m tools.pictures`` (``make pictures``)."""
