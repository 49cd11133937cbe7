CREATE INDEX term_protected ON term (type, name) WHERE CASE WHEN json_valid(record)
        THEN coalesce(json_type(record, '$.protected') NOT IN ('false', 'null'), 1)
        ELSE record IS NOT NULL END;

CREATE INDEX change_record_before ON change_record (type, name) WHERE before IS NOT NULL;
