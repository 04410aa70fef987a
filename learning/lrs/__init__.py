"""The Learning Record Store for other systems: the resources of xAPI 1.0.3 (Part Three) below ``/xapi/``."""
