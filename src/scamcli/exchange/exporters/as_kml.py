"""KML 2.2 for Google Earth and Google My Maps: one placemark per event, in a folder per kind, with its time span.

The XML is written by hand and not by a library, because those that write KML keep the whole document in memory. The
events come in the order of time, so each folder goes into a temporary file first.
"""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, TextIO

from scamcli.exchange.exporters import flat, sentences, story_html
from scamcli.exchange.exporters.dump import Losses
from scamcli.exchange.exporters.spots import Spots, attribution
from scamcli.exchange.exporters.xml_text import escaped
from scamcli.language.vocabulary import EVENT_KINDS
from scamcli.output.escaping import one_line

if TYPE_CHECKING:
    from scamcli.exchange.exporters.dump import Dump, ExportOptions
    from scamcli.exchange.exporters.spots import Spot
    from scamcli.records.types import EventDict

COLOURS = ("d55e00", "0072b2", "009e73", "cc79a7", "e69f00", "56b4e9", "f0e442", "999999")
"""Colours that people with any colour vision tell apart (Okabe and Ito 2008), in turn for the kinds."""


def write(dump: Dump, out: TextIO, losses: Losses, options: ExportOptions) -> None:
    """Write the document."""
    placemarks = _Placemarks(dump, losses)
    with ExitStack() as stack:
        folders: dict[str, TextIO] = {}
        for event in dump.events():
            kind = event["kind"]
            if kind not in folders:
                folders[kind] = stack.enter_context(TemporaryFile("w+", encoding="utf-8", newline="\n"))
            folders[kind].write(placemarks.of(event))
        about = [dump.sentence, *(f"Terms of use of {terms}." for terms in dump.terms())]
        about += [f"{what}: {whose}." for what, whose in attribution().items()]
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n')
        described = escaped(story_html.html(" ".join(filter(None, about))), losses)
        out.write(f"<name>Timeline</name>\n<description>{described}</description>\n")
        for number, kind in enumerate(EVENT_KINDS):
            if kind in folders:
                out.write(_style(kind, COLOURS[number % len(COLOURS)]))
        for kind in filter(folders.__contains__, EVENT_KINDS):
            out.write(f"<Folder>\n<name>{kind}</name>\n")
            folders[kind].seek(0)
            shutil.copyfileobj(folders[kind], out)
            out.write("</Folder>\n")
    out.write("</Document>\n</kml>\n")


def _style(kind: str, colour: str) -> str:
    red, green, blue = colour[:2], colour[2:4], colour[4:]
    icon = f"<IconStyle><color>ff{blue}{green}{red}</color></IconStyle>"
    return f'<Style id="{kind}">{icon}</Style>\n'


class _Placemarks:
    """Writes events as placemarks."""

    def __init__(self, dump: Dump, losses: Losses) -> None:
        self._losses = losses
        self._units = sentences.units(dump)
        self._spots = Spots(dump, losses)
        self._totals = flat.Totals(dump, Losses())  # each figure is in the description

    def of(self, event: EventDict) -> str:
        """Return the placemark of an event. If it has several points, they are one geometry: it is one event."""
        found = self._spots.of(event)
        row = flat.texts(event, flat.most_precise(found, Losses())) | self._totals.of(event)
        title = event["title"] + (" (draft)" if event["status"] == "draft" else "")
        return (
            f"<Placemark>\n<name>{self._text(one_line(title))}</name>\n"
            f"<description>{self._text(self._description(event, found))}</description>\n"
            f"{_span(row['date'], row['end'])}<styleUrl>#{event['kind']}</styleUrl>\n"
            f"<ExtendedData>\n{''.join(self._data(name, value) for name, value in row.items())}</ExtendedData>\n"
            f"{_geometry(found)}</Placemark>\n"
        )

    def _description(self, event: EventDict, found: list[Spot]) -> str:
        points = [f"{spot.site or spot.place or spot.province} ({spot.precision})" for spot in found if spot.point]
        located = f"<p>Located at: {story_html.html('; '.join(points))}</p>" if points else ""
        return f"<p>{sentences.when(event['date'])}</p>{''.join(story_html.body(event, self._units))}{located}"

    def _data(self, name: str, value: object) -> str:
        if value in {None, ""}:
            return ""
        key = self._text(one_line(name)).replace('"', "&quot;")
        return f'<Data name="{key}"><value>{self._text(str(value))}</value></Data>\n'

    def _text(self, text: str) -> str:
        return escaped(text, self._losses)


def _span(first: object, last: object) -> str:
    begin = f"<begin>{first}</begin>" if first else ""
    return f"<TimeSpan>{begin}{f'<end>{last}</end>' if last else ''}</TimeSpan>\n"


def _geometry(found: list[Spot]) -> str:
    points = [
        f"<Point><coordinates>{','.join(map(str, spot.point))}</coordinates></Point>" for spot in found if spot.point
    ]
    if len(points) > 1:
        return f"<MultiGeometry>{''.join(points)}</MultiGeometry>\n"
    return "".join(f"{point}\n" for point in points)
