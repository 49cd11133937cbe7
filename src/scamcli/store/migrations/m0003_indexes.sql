CREATE INDEX event_kind ON event (kind);

CREATE INDEX event_draft ON event (draft) WHERE draft = 1;

CREATE INDEX event_long ON event (key, last) WHERE last - start > 31;

CREATE INDEX link_type ON link (type);
