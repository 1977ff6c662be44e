"""The issuer service: a thin Flask application over ``openbadges``. It counts, limits, translates, stores and shows."""
