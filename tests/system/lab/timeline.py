"""How evenly several stacks made their connections, from the timelines of tests/load."""


class Timelines:
    """Of the time in which all were at work, in tenths of a second."""

    def __init__(self, timelines):
        begin = max(each["first"] for each in timelines)
        end = min(each["first"] + len(each["counts"]) for each in timelines)
        self._counts = [each["counts"][begin - each["first"]:end - each["first"]] for each in timelines]
        self._total = [sum(tenth) for tenth in zip(*self._counts)]

    def shares(self, index):
        """The smallest and the largest share that stack `index` has of a second's connections."""
        seconds = zip(_by_second(self._counts[index]), _by_second(self._total))
        shares = [mine / total for mine, total in seconds if total]
        return min(shares), max(shares)

    def most_made_without(self, index):
        """The most connections that the others have made while stack `index` made none."""
        most = meanwhile = 0
        for mine, total in zip(self._counts[index], self._total):
            meanwhile = 0 if mine else meanwhile + total
            most = max(most, meanwhile)
        return most


def _by_second(tenths):
    """Of the whole seconds."""
    return [sum(tenths[begin:begin + 10]) for begin in range(0, len(tenths) - 9, 10)]
