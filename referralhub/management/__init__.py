"""What this project as a whole adds to `manage.py`."""
