"""The types of records as dictionaries have exactly the keys of the models, in the same order."""

from __future__ import annotations

from typing import get_type_hints

import pytest
from pydantic import BaseModel

from scamcli.records import models, types

PAIRS: list[tuple[type[BaseModel], type]] = [
    (models.Event, types.EventDict),
    (models.Hit, types.HitDict),
    (models.Participant, types.ParticipantDict),
    (models.Place, types.PlaceDict),
    (models.Figure, types.FigureDict),
    (models.Split, types.SplitDict),
    (models.Source, types.SourceDict),
    (models.Link, types.LinkDict),
    (models.DataSet, types.DataSetDict),
    (models.Actor, types.ActorDict),
    (models.Site, types.SiteDict),
    (models.Owner, types.OwnerDict),
    (models.Operator, types.OperatorDict),
    (models.SiteStatus, types.SiteStatusDict),
    (models.MetricRecord, types.MetricDict),
]


@pytest.mark.parametrize(("model", "record"), PAIRS, ids=[model.__name__ for model, _ in PAIRS])
def test_a_type_has_the_keys_of_its_model(model: type[BaseModel], record: type) -> None:
    assert list(get_type_hints(record)) == list(model.model_fields)


def test_every_part_of_a_record_has_a_type() -> None:
    parts = {part for part in vars(models).values() if isinstance(part, type) and issubclass(part, BaseModel)}
    assert parts - {BaseModel, models.Part, models.Record} == {model for model, _ in PAIRS}
