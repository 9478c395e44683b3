"""Organizations, their people, and the locks between them."""
