CREATE TABLE "reference_proposals" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"noun" text NOT NULL,
	"digest" text NOT NULL,
	"version" text,
	"filename" text,
	"content" jsonb NOT NULL,
	"counts" jsonb NOT NULL,
	"difference" jsonb NOT NULL,
	"effect" jsonb,
	"reason" text NOT NULL,
	"proposed_by" text NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"state" text DEFAULT 'proposed' NOT NULL,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"decision_reason" text
);
--> statement-breakpoint
CREATE TABLE "sectors" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"levels" jsonb NOT NULL,
	"basis" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "regions" ADD COLUMN "functional_zone" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "reference_proposals_open" ON "reference_proposals" USING btree ("noun","digest") WHERE state = 'proposed';
--> statement-breakpoint
-- What a second person decides on is what the first one proposed: only a decision is added, and once.
CREATE FUNCTION keep_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.state <> 'proposed'
    OR (to_jsonb(NEW) - ARRAY['state', 'decided_by', 'decided_at', 'decision_reason'])
      IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['state', 'decided_by', 'decided_at', 'decision_reason'])
    OR (NEW.state IN ('approved', 'refused') AND (NEW.decided_by IS NULL OR NEW.decided_by = OLD.proposed_by)) THEN
    RAISE EXCEPTION 'reference_proposals is append-only but for one decision by a second person';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER reference_proposals_keep BEFORE UPDATE OR DELETE ON reference_proposals
  FOR EACH ROW EXECUTE FUNCTION keep_proposal();
--> statement-breakpoint
CREATE TRIGGER reference_proposals_no_truncate BEFORE TRUNCATE ON reference_proposals
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_rewrite();
