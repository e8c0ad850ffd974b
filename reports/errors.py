"""The one kind of error this room raises: it names the thing, the place and the fix."""


class ReportError(Exception):
    """Something that the user of the reports can put right."""

    def __init__(self, thing: str, place: str, fix: str) -> None:
        """Keep the three parts apart, so that a caller may print them as it likes."""
        super().__init__(f"{place}: {thing}. {fix}")
        self.thing = thing
        self.place = place
        self.fix = fix
