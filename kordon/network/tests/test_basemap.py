"""The ground of the map: small, ours, and places where they belong."""

import re

from kordon.network.basemap import HEIGHT, NARROWEST, WIDTH, WRITTEN, draw, frame, place

SQUARE = [[[70, 40], [71, 40], [71, 41], [70, 41], [70, 40]]]


def feature(coordinates, **properties):
    told = {"layer": "country", "id": "417"} | properties
    return {"properties": told, "geometry": {"type": "Polygon", "coordinates": coordinates}}


def test_the_file_is_small_and_holds_land_only():
    text = WRITTEN.read_text()
    assert len(text) < 150_000
    path = r"<path vector-effect=\"non-scaling-stroke\" d=\"M[\d\-l zM.]+\"/>"
    assert re.fullmatch(rf"<svg [^>]+><g id=\"land\">({path})+</g></svg>\n", text)


def test_places_lie_on_the_map_or_nowhere():
    x, y = place(42.87, 74.6)  # Bishkek: east of the middle, south of it
    assert WIDTH / 2 < x < WIDTH
    assert HEIGHT / 2 < y < HEIGHT
    east, north = place(50, 80), place(50, 70)
    assert east[0] > north[0]
    assert place(50, 70)[1] < place(40, 70)[1]
    assert place(10, 74) is None
    assert place(42, 10) is None


def test_pieces_are_drawn_whole_and_specks_and_lakes_are_not():
    speck = [[[70, 40], [70.001, 40], [70, 40.001], [70, 40]]]
    lake = feature(SQUARE, layer="lake")
    nobodys = feature(SQUARE, id=None)
    features = [feature(SQUARE), feature(speck), lake, nobodys]
    drawn = draw({"features": features})
    assert drawn.count("<path") == 1
    steps = [int(n) for n in re.findall(r"-?\d+", re.search(r"\dl([^z]+)z", drawn).group(1))]
    assert (sum(steps[::2]), sum(steps[1::2])) == (0, 0), "the ring is closed"


def test_what_two_countries_share_stays_shared():
    left = [[[70.0001, 40], [71.00004, 40.00001], [71.00004, 41.00001], [70, 41], [70.0001, 40]]]
    right = [[[71.00001, 40.00002], [72, 40], [72, 41], [71.00001, 41.00002], [71.00001, 40.00002]]]
    ends = [points(draw({"features": [feature(ring)]})) for ring in (left, right)]
    assert len(ends[0] & ends[1]) == 2


def points(drawn):
    """The corners of the one ring of a drawing."""
    x, y, *steps = (int(n) for n in re.findall(r"-?\d+", re.search(r' d="([^"]+)', drawn).group(1)))
    found = {(x, y)}
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        found.add((x, y))
    return found


def test_the_part_that_is_shown_holds_every_place():
    places = [(100.0, 100.0), (900.0, 300.0), (500.0, 600.0)]
    shown = frame(places)
    for x, y in places:
        assert shown.x < x < shown.x + shown.width
        assert shown.y < y < shown.y + shown.height
    assert frame([(500.0, 500.0)]).width == NARROWEST
    assert frame([]).width >= WIDTH
