CREATE TABLE "account_applications" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"no" text NOT NULL,
	"state" text NOT NULL,
	"username" text NOT NULL,
	"display_name" text NOT NULL,
	"role" text NOT NULL,
	"region_code" text NOT NULL,
	"department_code" text,
	"phone" text,
	"reason" text NOT NULL,
	"password_hash" text,
	"applied_by" text,
	"applied_at" timestamp with time zone NOT NULL,
	"endorsed_by" text,
	"endorsed_at" timestamp with time zone,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"refusal" text,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "account_applications_no_unique" UNIQUE("no")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"username" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"username" text PRIMARY KEY NOT NULL,
	"password_hash" text NOT NULL,
	"display_name" text NOT NULL,
	"role" text NOT NULL,
	"region_code" text NOT NULL,
	"department_code" text,
	"disabled_at" timestamp with time zone,
	"must_change_password" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "attachments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" text,
	"filename" text NOT NULL,
	"media_type" text NOT NULL,
	"size" integer NOT NULL,
	"sha256" text NOT NULL,
	"uploaded_by" text,
	"claim_token_hash" text,
	"at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"case_id" text NOT NULL,
	"step" integer NOT NULL,
	"token" text DEFAULT gen_random_uuid()::text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"actor_role" text NOT NULL,
	"actor_department" text,
	"action" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"article" text NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"case_id" text PRIMARY KEY NOT NULL,
	"case_type" text NOT NULL,
	"stage" text NOT NULL,
	"status" text NOT NULL,
	"case_no" text NOT NULL,
	"uscc" text NOT NULL,
	"round" integer NOT NULL,
	"department_code" text,
	"region_code" text NOT NULL,
	"parent_case_id" text,
	"opened_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	"due_at" timestamp with time zone,
	"breached_at" timestamp with time zone,
	"step" integer DEFAULT 0 NOT NULL,
	"facts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "commands" (
	"case_id" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"result" jsonb NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "commands_case_id_key_pk" PRIMARY KEY("case_id","key")
);
--> statement-breakpoint
CREATE TABLE "deadlines" (
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
	"provisional" boolean NOT NULL,
	"settled_at" timestamp with time zone,
	"breached_at" timestamp with time zone,
	CONSTRAINT "deadlines_case_id_limit_id_pk" PRIMARY KEY("case_id","limit_id")
);
--> statement-breakpoint
CREATE TABLE "rungs" (
	"case_id" text NOT NULL,
	"limit_id" text NOT NULL,
	"rung" text NOT NULL,
	"ladder" integer DEFAULT 1 NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"fired_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "rungs_case_id_limit_id_ladder_rung_pk" PRIMARY KEY("case_id","limit_id","ladder","rung")
);
--> statement-breakpoint
CREATE TABLE "complaint_reports" (
	"receipt_no" text PRIMARY KEY NOT NULL,
	"uscc" text NOT NULL,
	"category" text NOT NULL,
	"reporter_name" text,
	"contact" text,
	"content" text NOT NULL,
	"reported_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notice_reads" (
	"notice_id" bigint NOT NULL,
	"username" text NOT NULL,
	"read_at" timestamp with time zone NOT NULL,
	CONSTRAINT "notice_reads_notice_id_username_pk" PRIMARY KEY("notice_id","username")
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"case_id" text NOT NULL,
	"topic" text NOT NULL,
	"urgency" text NOT NULL,
	"department_code" text,
	"role" text,
	"region_code" text NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"article" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notices_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"payload" jsonb NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_error" text,
	"done_at" timestamp with time zone,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "outbox_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "enterprises" (
	"uscc" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"region_code" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "listings" (
	"listing_id" text PRIMARY KEY NOT NULL,
	"list" text NOT NULL,
	"document_no" text NOT NULL,
	"uscc" text NOT NULL,
	"authority" text NOT NULL,
	"grounds" text NOT NULL,
	"listed_on" date NOT NULL,
	"region_code" text NOT NULL,
	"content" jsonb NOT NULL,
	"content_hash" text NOT NULL,
	"measures_version" text NOT NULL,
	"import_id" text,
	"accepted_at" timestamp with time zone NOT NULL,
	"accepted_by" text NOT NULL,
	"removed_at" timestamp with time zone,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "restrictions" (
	"case_id" text NOT NULL,
	"measure_id" text NOT NULL,
	"listing_id" text NOT NULL,
	"uscc" text NOT NULL,
	"department_code" text NOT NULL,
	"decided_at" timestamp with time zone NOT NULL,
	"executed_at" timestamp with time zone,
	"lifted_at" timestamp with time zone,
	CONSTRAINT "restrictions_case_id_measure_id_pk" PRIMARY KEY("case_id","measure_id")
);
--> statement-breakpoint
CREATE TABLE "sanction_measures" (
	"version" text PRIMARY KEY NOT NULL,
	"content" jsonb NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "correction_reports" (
	"receipt_no" text PRIMARY KEY NOT NULL,
	"case_id" text NOT NULL,
	"record_id" text NOT NULL,
	"reporter_name" text,
	"contact" text,
	"content" text NOT NULL,
	"reported_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "record_versions" (
	"record_id" text NOT NULL,
	"version" integer NOT NULL,
	"content" jsonb NOT NULL,
	"content_hash" text NOT NULL,
	"submitted_by" text NOT NULL,
	"case_id" text NOT NULL,
	"shown_from" timestamp with time zone,
	"shown_until" timestamp with time zone,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "record_versions_record_id_version_pk" PRIMARY KEY("record_id","version")
);
--> statement-breakpoint
CREATE TABLE "records" (
	"record_id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"document_no" text NOT NULL,
	"uscc" text NOT NULL,
	"department_code" text NOT NULL,
	"region_code" text NOT NULL,
	"generated_on" date NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"section" text NOT NULL,
	"version" integer NOT NULL,
	"published_at" timestamp with time zone,
	"import_id" text,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "calendars" (
	"version" text PRIMARY KEY NOT NULL,
	"valid_through" date NOT NULL,
	"content" jsonb NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "catalogues" (
	"version" text PRIMARY KEY NOT NULL,
	"content" jsonb NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "clock_setting" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"seconds_per_working_day" integer,
	"anchor" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "departments" (
	"code" text PRIMARY KEY NOT NULL,
	"sector" text NOT NULL,
	"region_code" text NOT NULL,
	"name" text NOT NULL,
	"retired_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "former_region_codes" (
	"code" text PRIMARY KEY NOT NULL,
	"current_code" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "regions" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"level" text NOT NULL,
	"parent" text
);
--> statement-breakpoint
CREATE TABLE "import_rejections" (
	"import_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"raw" text NOT NULL,
	"problem" jsonb NOT NULL,
	CONSTRAINT "import_rejections_import_id_line_pk" PRIMARY KEY("import_id","line")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"filename" text,
	"started_by" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"accepted" integer DEFAULT 0 NOT NULL,
	"duplicate" integer DEFAULT 0 NOT NULL,
	"rejected" integer DEFAULT 0 NOT NULL,
	"failure" text
);
--> statement-breakpoint
CREATE TABLE "registration_hits" (
	"registration_no" text NOT NULL,
	"position" integer NOT NULL,
	"item_id" text NOT NULL,
	"keyword" text NOT NULL,
	"clause" text NOT NULL,
	"start" integer NOT NULL,
	"end" integer NOT NULL,
	"section" text,
	"department_code" text NOT NULL,
	"tried" jsonb NOT NULL,
	CONSTRAINT "registration_hits_registration_no_position_pk" PRIMARY KEY("registration_no","position")
);
--> statement-breakpoint
CREATE TABLE "registrations" (
	"registration_no" text PRIMARY KEY NOT NULL,
	"uscc" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"origin" text NOT NULL,
	"region_code" text NOT NULL,
	"scope" text NOT NULL,
	"event" text NOT NULL,
	"registered_on" date NOT NULL,
	"content_hash" text NOT NULL,
	"catalogue_version" text NOT NULL,
	"import_id" uuid,
	"accepted_at" timestamp with time zone NOT NULL,
	"accepted_by" text NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "calendar_rollouts" (
	"version" text PRIMARY KEY NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"started_by" text NOT NULL,
	"affected" integer NOT NULL,
	"remaining" integer,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "limit_settings" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"limit_id" text NOT NULL,
	"working_days" integer NOT NULL,
	"ladder" jsonb NOT NULL,
	"reason" text NOT NULL,
	"set_by" text NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reference_changes" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"subject" text NOT NULL,
	"key" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"reason" text NOT NULL,
	"changed_by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "submissions" (
	"key" text PRIMARY KEY NOT NULL,
	"request_hash" text NOT NULL,
	"receipt_no" text,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"subscription_id" uuid NOT NULL,
	"notice_key" text NOT NULL,
	"payload" jsonb NOT NULL,
	"digest_key" text,
	"carried_by" bigint,
	"attempts" integer DEFAULT 0 NOT NULL,
	"first_attempt_at" timestamp with time zone,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_error" text,
	"delivered_at" timestamp with time zone,
	"dead_at" timestamp with time zone,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "deliveries_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"username" text,
	"department_code" text,
	"channel" text NOT NULL,
	"target" text NOT NULL,
	"secret" text,
	"urgencies" text[] NOT NULL,
	"digest_hour" integer,
	"quiet_from_hour" integer,
	"quiet_until_hour" integer,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"disabled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE INDEX "account_applications_region" ON "account_applications" USING btree ("region_code");--> statement-breakpoint
CREATE INDEX "attachments_case" ON "attachments" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "audit_case_step" ON "audit_log" USING btree ("case_id","step");--> statement-breakpoint
CREATE UNIQUE INDEX "audit_case_token" ON "audit_log" USING btree ("case_id","token");--> statement-breakpoint
CREATE INDEX "cases_list" ON "cases" USING btree ("case_type","department_code","status","due_at");--> statement-breakpoint
CREATE INDEX "cases_region" ON "cases" USING btree ("case_type","region_code");--> statement-breakpoint
CREATE INDEX "cases_no" ON "cases" USING btree ("case_no");--> statement-breakpoint
CREATE INDEX "cases_enterprise" ON "cases" USING btree ("uscc");--> statement-breakpoint
CREATE INDEX "cases_open_department" ON "cases" USING btree ("department_code",coalesce(due_at, 'infinity'),"case_id") WHERE status = 'open';--> statement-breakpoint
CREATE INDEX "cases_open_stage" ON "cases" USING btree ("case_type","stage","region_code","due_at") WHERE status = 'open';--> statement-breakpoint
CREATE INDEX "deadlines_running" ON "deadlines" USING btree ("due_at") WHERE settled_at is null;--> statement-breakpoint
CREATE INDEX "notices_department" ON "notices" USING btree ("department_code","id");--> statement-breakpoint
CREATE INDEX "notices_role" ON "notices" USING btree ("role","id");--> statement-breakpoint
CREATE INDEX "outbox_pending" ON "outbox" USING btree ("kind","next_attempt_at") WHERE done_at is null;--> statement-breakpoint
CREATE INDEX "enterprises_name" ON "enterprises" USING btree ("name");--> statement-breakpoint
CREATE UNIQUE INDEX "listings_entry" ON "listings" USING btree ("list","document_no","uscc");--> statement-breakpoint
CREATE INDEX "listings_enterprise" ON "listings" USING btree ("uscc");--> statement-breakpoint
CREATE INDEX "restrictions_enterprise" ON "restrictions" USING btree ("uscc");--> statement-breakpoint
CREATE INDEX "correction_reports_case" ON "correction_reports" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "records_document" ON "records" USING btree ("department_code","kind","document_no");--> statement-breakpoint
CREATE INDEX "records_enterprise" ON "records" USING btree ("uscc","section");--> statement-breakpoint
CREATE INDEX "departments_region" ON "departments" USING btree ("region_code");--> statement-breakpoint
CREATE INDEX "hits_keyword" ON "registration_hits" USING btree ("item_id","keyword");--> statement-breakpoint
CREATE INDEX "registrations_uscc" ON "registrations" USING btree ("uscc");--> statement-breakpoint
CREATE INDEX "registrations_region" ON "registrations" USING btree ("region_code");--> statement-breakpoint
CREATE INDEX "deliveries_pending" ON "deliveries" USING btree ("next_attempt_at") WHERE delivered_at is null and dead_at is null;--> statement-breakpoint
CREATE INDEX "deliveries_dead" ON "deliveries" USING btree ("dead_at") WHERE dead_at is not null;--> statement-breakpoint
CREATE INDEX "deliveries_carried" ON "deliveries" USING btree ("carried_by");--> statement-breakpoint
CREATE INDEX "deliveries_subscription" ON "deliveries" USING btree ("subscription_id");--> statement-breakpoint
CREATE INDEX "subscriptions_user" ON "subscriptions" USING btree ("username");--> statement-breakpoint
CREATE INDEX "subscriptions_department" ON "subscriptions" USING btree ("department_code");