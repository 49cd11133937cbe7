CREATE VIRTUAL TABLE event_stem USING fts5 (
        c0, c1, c2, content = 'event_text_content', content_rowid = 'id', detail = none, columnsize = 0,
        tokenize = "porter unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
    );
