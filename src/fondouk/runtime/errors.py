"""What the runtime says when it cannot do its work."""


class RuntimeFault(Exception):
    """Something needed is missing or stands in the way; the message says what to do about it."""
