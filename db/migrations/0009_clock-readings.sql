CREATE TABLE "clock_readings" (
	"process" text NOT NULL,
	"instance" text NOT NULL,
	"offset_ms" bigint NOT NULL,
	"error_ms" bigint NOT NULL,
	"temporal_offset_ms" bigint,
	"temporal_error_ms" bigint,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "clock_readings_process_instance_pk" PRIMARY KEY("process","instance")
);
