"""Charts as SVG, made without a library, a script or the network.

Each function returns an ``<svg>`` element that is safe inside HTML: texts are escaped, and there are no attributes with
styles. A chart has a title and a description in words, which screen readers read. Its colours are the CSS variables in
`paint`, which a page can set.
"""

from __future__ import annotations

from scamcli.output.charts.columns import columns
from scamcli.output.charts.interval_bar import interval_bar
from scamcli.output.charts.point_map import Point, point_map

__all__ = ["Point", "columns", "interval_bar", "point_map"]
