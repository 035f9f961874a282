"""The builder's one error."""


class BuildError(Exception):
    """Why a pack cannot be built, in words for the person who builds it."""
