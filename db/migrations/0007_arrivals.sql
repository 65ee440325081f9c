CREATE TABLE "arrivals" (
	"case_id" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"arrived_at" timestamp with time zone NOT NULL,
	CONSTRAINT "arrivals_case_id_key_request_hash_pk" PRIMARY KEY("case_id","key","request_hash")
);
