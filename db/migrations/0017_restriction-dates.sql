CREATE TABLE "restriction_queries" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"username" text NOT NULL,
	"department_code" text,
	"region_code" text NOT NULL,
	"person_asking" text NOT NULL,
	"as_of" date NOT NULL,
	"codes" jsonb NOT NULL,
	"restricted" integer NOT NULL,
	"downloaded" boolean NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "restriction_texts" (
	"case_id" text NOT NULL,
	"texts" text NOT NULL,
	"basis" text,
	"person_asking" text NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "restriction_texts_case_id_texts_pk" PRIMARY KEY("case_id","texts")
);
--> statement-breakpoint
ALTER TABLE "restrictions" ADD COLUMN "decided_on" date;--> statement-breakpoint
ALTER TABLE "restrictions" ADD COLUMN "document_no" text;--> statement-breakpoint
-- Decisions of earlier commits: the record knows the day of entry (UTC+8), and the number in the case's facts.
UPDATE "restrictions" SET
  "decided_on" = ("decided_at" AT TIME ZONE INTERVAL '8 hours')::date,
  "document_no" = (SELECT "facts" -> 'decision' ->> 'documentNo' FROM "cases" WHERE "cases"."case_id" = "restrictions"."case_id");--> statement-breakpoint
ALTER TABLE "restrictions" ALTER COLUMN "decided_on" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "restrictions" ADD COLUMN "valid_from" date;--> statement-breakpoint
ALTER TABLE "restrictions" ADD COLUMN "valid_until" date;--> statement-breakpoint
ALTER TABLE "restrictions" ADD COLUMN "texts" text;--> statement-breakpoint
ALTER TABLE "restrictions" ADD COLUMN "expired_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "restriction_queries_region" ON "restriction_queries" USING btree ("region_code" text_pattern_ops,"id");--> statement-breakpoint
ALTER TABLE "restrictions" ADD CONSTRAINT "restrictions_end_once" CHECK (lifted_at is null or expired_at is null);--> statement-breakpoint
ALTER TABLE "restrictions" ADD CONSTRAINT "restrictions_days_agree" CHECK (valid_until is null or valid_until >= coalesce(valid_from, decided_on));--> statement-breakpoint
ALTER TABLE "restrictions" ADD CONSTRAINT "restrictions_begin_decided" CHECK (valid_from is null or valid_from >= decided_on);--> statement-breakpoint
-- 第十九条: who asked about whom is not rewritten either.
CREATE TRIGGER restriction_queries_append_only BEFORE UPDATE OR DELETE ON restriction_queries
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_rewrite();
--> statement-breakpoint
CREATE TRIGGER restriction_queries_no_truncate BEFORE TRUNCATE ON restriction_queries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_rewrite();
