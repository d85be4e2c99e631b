"""The codes of the demo's areas. The zones are made up; the others are as they were and are."""

COUNTRY, SPLIT_COUNTY, VIKEN, OSTFOLD, OSLO = "0", "01", "30", "31", "03"
OLD, NEW = "3014", "3118"
# The five that merged, and the made-up zones that lie where each of them was.
ZONES = {
    "0122": (("31180102", "Båstad"), ("31180103", "Skjønhaug"), ("31180104", "Havnås")),
    "0123": (("31180101", "Spydeberg nord"), ("31180105", "Spydeberg sentrum")),
    "0124": (("31180106", "Askim vest"), ("31180107", "Askim sentrum"), ("31180108", "Askim øst")),
    "0125": (("31180110", "Slitu"), ("31180111", "Mysen nord"), ("31180112", "Mysen sentrum")),
    "0138": (("31180109", "Knapstad"),),
}
