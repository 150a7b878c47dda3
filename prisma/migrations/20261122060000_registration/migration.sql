-- The second kind of case.
ALTER TABLE "cases" DROP CONSTRAINT "cases_kind", DROP CONSTRAINT "cases_state";
ALTER TABLE "cases" ADD CONSTRAINT "cases_kind" CHECK ("kind" IN ('application', 'registration'));
ALTER TABLE "cases" ADD CONSTRAINT "cases_state" CHECK (CASE "kind"
  WHEN 'application' THEN "state" IN
    ('submitted', 'in_review', 'waiting_on_applicant', 'approved', 'code_sent', 'expired', 'activated', 'rejected', 'withdrawn', 'closed')
  WHEN 'registration' THEN "state" IN
    ('draft', 'sent', 'identified', 'registered', 'linked', 'expired', 'locked', 'cancelled', 'undeliverable')
  ELSE false END);
CREATE INDEX "cases_by_kind" ON "cases" ("kind", "received_at" DESC, "id") WHERE "kind" <> 'application';

-- A practice that is closed registers nobody.
ALTER TABLE "practices" ADD COLUMN "closed_at" TIMESTAMPTZ(3);

CREATE TABLE "campaigns" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "portal" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "source" TEXT NOT NULL,
    "per_minute" INTEGER NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "next_at" TIMESTAMPTZ(3),

    CONSTRAINT "campaigns_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_state" CHECK ("state" IN ('draft', 'running', 'paused', 'done', 'cancelled'));
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_source" CHECK ("source" IN ('csv', 'records'));
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_per_minute" CHECK ("per_minute" > 0);
CREATE INDEX "campaigns_created_at_id_idx" ON "campaigns" ("created_at" DESC, "id");
CREATE INDEX "campaigns_portal_idx" ON "campaigns" ("portal");
CREATE INDEX "campaigns_created_by_idx" ON "campaigns" ("created_by");

CREATE TABLE "campaign_rows" (
    "campaign_id" UUID NOT NULL,
    "no" INTEGER NOT NULL,
    "mrn" TEXT NOT NULL,
    "email" TEXT,
    "address_reason" TEXT,
    "patient_record_id" UUID,
    "outcome" TEXT NOT NULL,
    "problem" TEXT,
    "case_id" UUID,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "campaign_rows_pkey" PRIMARY KEY ("campaign_id", "no")
);
ALTER TABLE "campaign_rows" ADD CONSTRAINT "campaign_rows_outcome" CHECK ("outcome" IN ('ready', 'queued', 'refused')
  AND ("outcome" = 'refused') = ("problem" IS NOT NULL) AND ("outcome" = 'queued') = ("case_id" IS NOT NULL));
CREATE INDEX "campaign_rows_ready" ON "campaign_rows" ("campaign_id", "no") WHERE "outcome" = 'ready';
CREATE UNIQUE INDEX "campaign_rows_case_id_key" ON "campaign_rows" ("case_id");
CREATE INDEX "campaign_rows_patient_record_id_idx" ON "campaign_rows" ("patient_record_id");

-- What a registration is beyond a case.
CREATE TABLE "registrations" (
    "case_id" UUID NOT NULL,
    "postal_code" TEXT NOT NULL,
    "address_reason" TEXT,
    "opened_at" TIMESTAMPTZ(3),
    "identified_at" TIMESTAMPTZ(3),
    "campaign_id" UUID,

    CONSTRAINT "registrations_pkey" PRIMARY KEY ("case_id")
);
CREATE INDEX "registrations_campaign_id_idx" ON "registrations" ("campaign_id");

CREATE TABLE "registration_walks" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "portal" TEXT NOT NULL,
    "case_id" UUID NOT NULL,
    "secret_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "step" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_as" TEXT,
    "account_id" UUID,
    "username" TEXT,
    "password_hash" TEXT,
    "answers" JSONB,

    CONSTRAINT "registration_walks_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "registration_walks" ADD CONSTRAINT "registration_walks_step"
  CHECK ("step" IN ('identification', 'profile', 'verification', 'disclaimer'));
CREATE UNIQUE INDEX "registration_walks_token_hash_key" ON "registration_walks" ("token_hash");
CREATE INDEX "registration_walks_case_id_idx" ON "registration_walks" ("case_id");
CREATE INDEX "registration_walks_account_id_idx" ON "registration_walks" ("account_id");
CREATE UNIQUE INDEX "registration_walks_one_running" ON "registration_walks" ("secret_id") WHERE "ended_at" IS NULL;
CREATE INDEX "registration_walks_to_clear" ON "registration_walks" ("ends_at")
  WHERE "password_hash" IS NOT NULL OR "answers" IS NOT NULL;

-- What an account's holder answered to questions of their choice; hashed, never shown.
CREATE TABLE "security_answers" (
    "account_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "question" TEXT NOT NULL,
    "answer_hash" TEXT NOT NULL,
    "case_sensitive" BOOLEAN NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "security_answers_pkey" PRIMARY KEY ("account_id", "position")
);
CREATE UNIQUE INDEX "security_answers_account_id_question_key" ON "security_answers" ("account_id", "question");

-- What a case added to an account, so that "this was not me" takes exactly that off again, whatever record it is of by then.
ALTER TABLE "enrollments" ADD COLUMN "case_id" UUID;
CREATE INDEX "enrollments_case_id_idx" ON "enrollments" ("case_id");
ALTER TABLE "enrollments" ADD CONSTRAINT "enrollments_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- A bulk mail leaves by the dispatcher after everything else; a bulk word to the engine after every other.
ALTER TABLE "messages" ADD COLUMN "bulk" BOOLEAN NOT NULL DEFAULT false;
DROP INDEX "messages_queued";
CREATE INDEX "messages_queued" ON "messages" ("bulk", "priority", "next_attempt_at") WHERE "state" = 'queued';
ALTER TABLE "outbox" ALTER COLUMN "case_id" DROP NOT NULL, ADD COLUMN "campaign_id" UUID, ADD COLUMN "bulk" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_of_one" CHECK (num_nonnulls("case_id", "campaign_id") = 1);
CREATE INDEX "outbox_campaign_id_idx" ON "outbox" ("campaign_id");
CREATE INDEX "outbox_ordinary" ON "outbox" ("id") WHERE NOT "bulk";

ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_portal_fkey" FOREIGN KEY ("portal") REFERENCES "portals"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "members"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "campaign_rows" ADD CONSTRAINT "campaign_rows_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "campaign_rows" ADD CONSTRAINT "campaign_rows_patient_record_id_fkey" FOREIGN KEY ("patient_record_id") REFERENCES "patient_records"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "registration_walks" ADD CONSTRAINT "registration_walks_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "registration_walks" ADD CONSTRAINT "registration_walks_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "security_answers" ADD CONSTRAINT "security_answers_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
