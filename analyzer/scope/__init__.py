"""What a text is about: hazards and public services, or nothing for the desk."""
