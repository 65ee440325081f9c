-- Rungs that fired and commands that were answered are as much a record as the audit log; nor is any of them emptied.
CREATE TRIGGER reference_changes_no_truncate BEFORE TRUNCATE ON reference_changes
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_rewrite();
--> statement-breakpoint
CREATE TRIGGER rungs_append_only BEFORE UPDATE OR DELETE ON rungs
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_rewrite();
--> statement-breakpoint
CREATE TRIGGER rungs_no_truncate BEFORE TRUNCATE ON rungs
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_rewrite();
--> statement-breakpoint
CREATE TRIGGER commands_append_only BEFORE UPDATE OR DELETE ON commands
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_rewrite();
--> statement-breakpoint
CREATE TRIGGER commands_no_truncate BEFORE TRUNCATE ON commands
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_rewrite();
