"""Which apps add a piece to which page. The page says where with `{% panels "plans.measure" measure %}`."""

PANELS: dict[str, tuple[str, ...]] = {
    "programmes.edition": ("samloft.plans.panels.edition_steps",),
}
