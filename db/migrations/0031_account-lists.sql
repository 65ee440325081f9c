CREATE TABLE "account_list_rows" (
	"list_id" bigint NOT NULL,
	"line" integer NOT NULL,
	"username" text NOT NULL,
	"display_name" text NOT NULL,
	"role" text NOT NULL,
	"region_code" text NOT NULL,
	"department_code" text,
	"phone" text,
	"change" text NOT NULL,
	"outcome" text,
	"issued" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "account_list_rows_list_id_line_pk" PRIMARY KEY("list_id","line")
);
--> statement-breakpoint
CREATE TABLE "account_list_sealed" (
	"list_id" bigint NOT NULL,
	"issue" integer NOT NULL,
	"first_line" integer NOT NULL,
	"content" "bytea" NOT NULL,
	CONSTRAINT "account_list_sealed_list_id_issue_first_line_pk" PRIMARY KEY("list_id","issue","first_line")
);
--> statement-breakpoint
CREATE TABLE "account_lists" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"no" text NOT NULL,
	"state" text NOT NULL,
	"region_code" text NOT NULL,
	"department_code" text,
	"filename" text,
	"reason" text NOT NULL,
	"row_count" integer NOT NULL,
	"content_hash" text NOT NULL,
	"submitted_by" text NOT NULL,
	"submitted_at" timestamp with time zone NOT NULL,
	"endorsed_by" text,
	"endorsed_at" timestamp with time zone,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"refusal" text,
	"opened_at" timestamp with time zone,
	"password_state" text,
	"issue" integer DEFAULT 0 NOT NULL,
	"issued_to" text,
	"issued_at" timestamp with time zone,
	"seal_salt" "bytea",
	"seal_key" "bytea",
	"passwords_until" timestamp with time zone,
	"collected_by" text,
	"collected_at" timestamp with time zone,
	"leased_until" timestamp with time zone,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "account_lists_no_unique" UNIQUE("no")
);
--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "password_expires_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "account_list_rows_username" ON "account_list_rows" USING btree ("username");--> statement-breakpoint
CREATE INDEX "account_lists_region" ON "account_lists" USING btree ("region_code" text_pattern_ops,"id");--> statement-breakpoint
CREATE INDEX "account_lists_department" ON "account_lists" USING btree ("department_code","id");--> statement-breakpoint
CREATE UNIQUE INDEX "account_lists_content" ON "account_lists" USING btree ("content_hash") WHERE state <> 'refused';--> statement-breakpoint
CREATE INDEX "account_lists_opening" ON "account_lists" USING btree ("id") WHERE state = 'opening';--> statement-breakpoint
CREATE INDEX "account_lists_passwords" ON "account_lists" USING btree ("id") WHERE password_state in ('making', 'ready');--> statement-breakpoint
CREATE INDEX "users_department" ON "users" USING btree ("department_code","username");