"""Maps: no style and no script, classes told by more than shade, what is missing is hatched and said (F4)."""

from xml.etree import ElementTree

from samloft.core.documents.pdf import rasterise
from samloft.core.maps import AreaMap, MapArea, classes, draw_map, map_words

SVG = "{http://www.w3.org/2000/svg}"


def square(west: float) -> dict[str, object]:
    corners = [[west, 59.5], [west + 0.1, 59.5], [west + 0.1, 59.6], [west, 59.6], [west, 59.5]]
    return {"type": "Polygon", "coordinates": [corners]}


def shown(**more: object) -> AreaMap:
    return AreaMap(
        "Lavinntekt",
        (
            MapArea("Nord & <sør>", square(11.0), 4.0, "4,0\u00a0%", "4,0", "/nord/", is_main=True),
            MapArea("Øst", square(11.1), 17.0, "17,0\u00a0%", "17,0", "/ost/"),
            MapArea("Vest", square(11.2), None, "Ikke offentliggjort", "", "/vest/"),
            MapArea("Uten omriss", None, 9.0, "9,0\u00a0%"),
        ),
        "%",
        **more,  # type: ignore[arg-type]
    )


def test_each_area_has_its_name_value_and_link_and_nothing_runs() -> None:
    root = ElementTree.fromstring(draw_map(shown()))
    links = {link.attrib["href"]: link.attrib["aria-label"] for link in root.iter(f"{SVG}a")}
    assert links["/nord/"] == "Nord & <sør>: 4,0\u00a0%" and len(links) == 3
    names = {name for element in root.iter() for name in element.attrib}
    assert "style" not in names and not any(name.startswith("on") for name in names)
    assert len(list(root.iter(f"{SVG}title"))) == 3


def test_what_has_no_figure_is_hatched_and_said_and_what_has_no_outline_is_named() -> None:
    svg = draw_map(shown())
    assert svg.count('fill="url(#hatch-1)"') == 2
    words = map_words(shown())
    assert "Uten tall: Vest" in words and "Uten omriss på kartet: Uten omriss" in words


def test_classes_have_round_limits_and_hold_every_value() -> None:
    groups = classes(shown())
    assert [one.text for one in groups] == ["0–5\u00a0%", "5–10\u00a0%", "10–15\u00a0%", "15–20\u00a0%"]
    for area in shown().areas:
        if area.value is not None:
            assert sum(one.holds(area.value) for one in groups) == 1
    counted = AreaMap("Antall", tuple(MapArea(str(n), square(11), float(n)) for n in range(4)), decimals=0)
    assert [one.text for one in classes(counted)] == ["0", "1", "2", "3"]
    many = AreaMap("Antall", tuple(MapArea(str(n), square(11), float(n)) for n in (0, 3, 11)), decimals=0)
    assert [one.text for one in classes(many)] == ["0–2", "3–5", "6–8", "9–11"]


def test_a_map_without_values_shows_only_where_the_areas_lie() -> None:
    plain = shown(is_plain=True)
    assert not classes(plain) and "hatch-1)" not in draw_map(plain).replace("pattern", "")
    assert "Uten tall" not in map_words(plain)
    assert draw_map(AreaMap("Tomt", (MapArea("A", None),))) == ""


def test_the_same_map_is_a_picture_for_documents() -> None:
    svg = draw_map(shown(), linked=False)
    assert "<a " not in svg and rasterise(svg.encode(), 3_000_000).startswith(b"\x89PNG")
