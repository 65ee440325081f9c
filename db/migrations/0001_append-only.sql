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
-- Every process reads the reference data again when it changes.
CREATE FUNCTION announce_reference() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('reference', '');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER reference_changes_announce AFTER INSERT ON reference_changes
  FOR EACH STATEMENT EXECUTE FUNCTION announce_reference();
