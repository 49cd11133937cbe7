CREATE INDEX event_brief ON event (key, start, last, sure, kind, draft, id);
