-- 第十九条: nobody edits the record of who did what, not even this program.
CREATE FUNCTION refuse_audit_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_rewrite();
--> statement-breakpoint
CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_rewrite();
--> statement-breakpoint
-- The dispatcher is woken by the commit itself instead of polling.
CREATE FUNCTION announce_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('outbox', '');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER outbox_announce AFTER INSERT ON outbox
  FOR EACH STATEMENT EXECUTE FUNCTION announce_outbox();
--> statement-breakpoint
CREATE TRIGGER reference_changes_append_only BEFORE UPDATE OR DELETE ON reference_changes
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_rewrite();
--> statement-breakpoint
CREATE TRIGGER deliveries_announce AFTER INSERT ON deliveries
  FOR EACH STATEMENT EXECUTE FUNCTION announce_outbox();
--> statement-breakpoint
-- Every process reads the reference data again when it changes. Accounts are read anew at each request.
CREATE FUNCTION announce_reference() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('reference', '');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER reference_changes_announce AFTER INSERT ON reference_changes
  FOR EACH ROW WHEN (NEW.subject NOT LIKE 'account%') EXECUTE FUNCTION announce_reference();
--> statement-breakpoint
-- Open pages ask again when something that they show has changed. The payload is coarse: many rows of one transaction,
-- and equal payloads of several statements, are told once (PostgreSQL collapses them). Where a case leaves a department
-- or the pool, whoever had it hears of it too.
CREATE FUNCTION announce_cases() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM pg_notify('changes', json_build_object('of', 'cases', 'caseType', case_type,
      'departmentCode', department_code, 'regionCode', region_code)::text)
    FROM (SELECT case_type, department_code, region_code FROM before
      UNION SELECT case_type, department_code, region_code FROM after) AS changed;
  ELSE
    PERFORM pg_notify('changes', json_build_object('of', 'cases', 'caseType', case_type,
      'departmentCode', department_code, 'regionCode', region_code)::text)
    FROM (SELECT DISTINCT case_type, department_code, region_code FROM after) AS changed;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER cases_announce_new AFTER INSERT ON cases REFERENCING NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION announce_cases();
--> statement-breakpoint
CREATE TRIGGER cases_announce_changed AFTER UPDATE ON cases REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION announce_cases();
--> statement-breakpoint
CREATE FUNCTION announce_notices() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('changes', json_build_object('of', 'notices', 'departmentCode', department_code,
    'role', role, 'regionCode', region_code)::text)
  FROM (SELECT DISTINCT department_code, role, region_code FROM after) AS written;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER notices_announce AFTER INSERT ON notices REFERENCING NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION announce_notices();
