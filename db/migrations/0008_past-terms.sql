CREATE TABLE "past_terms" (
	"case_id" text NOT NULL,
	"limit_id" text NOT NULL,
	"working_days" integer NOT NULL,
	"kind" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"rungs" jsonb NOT NULL,
	"ladder" integer DEFAULT 1 NOT NULL,
	"pauses" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"suspended_at" timestamp with time zone,
	"start_date" date NOT NULL,
	"due_date" date NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"calendar_version" text NOT NULL,
	"rung_dates" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"provisional" boolean NOT NULL,
	"settled_at" timestamp with time zone,
	"breached_at" timestamp with time zone,
	CONSTRAINT "past_terms_case_id_limit_id_ladder_pk" PRIMARY KEY("case_id","limit_id","ladder")
);
--> statement-breakpoint
CREATE INDEX "past_terms_due" ON "past_terms" USING btree ("due_date");--> statement-breakpoint
CREATE INDEX "deadlines_settled_late" ON "deadlines" USING btree ("due_date") WHERE settled_at is not null and breached_at is not null;