"""What stands behind cells without a figure, as far as the sums around them tell."""

from collections.abc import Collection, Iterable, Mapping

from samloft.indicators.suppression.counts import Key, Sum


def counts_behind(
    known: Mapping[Key, int], blank: Collection[Key], sums: Iterable[Sum], *, only_certain: bool = False
) -> dict[Key, int]:
    """Counts for the blank cells that fit the sums.

    A blank cell alone in a sum is what the total has left, and anybody may work that out. Several share what is
    left; how does not matter, for what counts is whether readers can tell it from another way to share. With
    `only_certain` those are passed over.
    """
    found: dict[Key, int] = {}
    values = dict(known)
    sums, is_new = tuple(sums), True
    while is_new:  # a blank total may have blank parts
        is_new = False
        for each in sums:
            empty = [part for part in each.parts if part in blank and part not in values]
            others = [part for part in each.parts if part not in empty]
            if not empty or each.total not in values or any(part not in values for part in others):
                continue
            left = values[each.total] - sum(values[part] for part in others)
            if left < 0 or (only_certain and len(empty) > 1):
                continue
            share, more = divmod(left, len(empty))
            new = {part: share + (at < more) for at, part in enumerate(empty)}
            found.update(new)
            values.update(new)
            is_new = True
    return found
