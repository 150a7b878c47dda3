-- Search by a part of a name or address (trusted: a database owner may create it).
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- The one clock of every fact: the machine's, plus the shift (zero in production), in whole milliseconds.
-- clock_timestamp(), never now(): now() is frozen at BEGIN and let a code be redeemed late.
CREATE TABLE "clock_shift" (
    "singleton" BOOLEAN NOT NULL DEFAULT true,
    "shift" interval NOT NULL DEFAULT '0'::interval,

    CONSTRAINT "clock_shift_pkey" PRIMARY KEY ("singleton"),
    CONSTRAINT "clock_shift_one_row" CHECK ("singleton")
);
INSERT INTO "clock_shift" DEFAULT VALUES;

CREATE FUNCTION gatehouse_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
  SELECT date_trunc('milliseconds', clock_timestamp() + (SELECT shift FROM clock_shift))
$$;

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "portals" (
    "id" TEXT NOT NULL,
    "policy_version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT gatehouse_now(),

    CONSTRAINT "portals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policies" (
    "portal" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT gatehouse_now(),
    "created_by" UUID,

    CONSTRAINT "policies_pkey" PRIMARY KEY ("portal","version")
);

-- CreateTable
CREATE TABLE "practices" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "portal" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "partner" BOOLEAN NOT NULL DEFAULT false,
    "opens_messages" BOOLEAN NOT NULL DEFAULT true,
    "opens_record" TEXT NOT NULL DEFAULT 'all',

    CONSTRAINT "practices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "practice_faxes" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "practice_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "confirmed_by" UUID,
    "confirmed_how" TEXT,
    "confirmed_at" TIMESTAMPTZ(3),

    CONSTRAINT "practice_faxes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "persons" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "portal" TEXT NOT NULL,

    CONSTRAINT "persons_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "patient_records" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "portal" TEXT NOT NULL,
    "practice_id" UUID,
    "person_id" UUID NOT NULL,
    "mrn" TEXT NOT NULL,
    "first_name" TEXT NOT NULL,
    "last_name" TEXT NOT NULL,
    "date_of_birth" DATE NOT NULL,
    "postal_code" TEXT,
    "sex" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "primary_care_provider" TEXT,
    "deceased_on" DATE,
    "merged_into" UUID,
    "confidential" BOOLEAN NOT NULL DEFAULT false,
    "first_name_key" TEXT NOT NULL,
    "last_name_key" TEXT NOT NULL,
    "imported_at" TIMESTAMPTZ(3) NOT NULL DEFAULT gatehouse_now(),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT gatehouse_now(),

    CONSTRAINT "patient_records_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "members" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_key" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "roles" TEXT[],
    "portals" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "active" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "login_failures" INTEGER NOT NULL DEFAULT 0,
    "login_waits_to" TIMESTAMPTZ(3),
    "preferences" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT gatehouse_now(),

    CONSTRAINT "members_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "token_hash" BYTEA NOT NULL,
    "member_id" UUID,
    "account_id" UUID,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "last_active_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cases" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "reference" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "portal" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "source" TEXT NOT NULL,
    "waiting_on" TEXT,
    "flags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "policy_version" INTEGER NOT NULL,
    "first_name" TEXT NOT NULL,
    "last_name" TEXT NOT NULL,
    "date_of_birth" DATE,
    "email" TEXT NOT NULL,
    "duplicate_key" TEXT NOT NULL,
    "search_text" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "assignee" UUID,
    "created_by" UUID,
    "last_edited_by" UUID,
    "patient_record_id" UUID,
    "account_id" UUID,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "late_at" TIMESTAMPTZ(3),
    "sla_paused_at" TIMESTAMPTZ(3),
    "turned_due_at" TIMESTAMPTZ(3),
    "turned_late_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "closes_at" TIMESTAMPTZ(3),
    "reminders_at" TIMESTAMPTZ(3)[] DEFAULT ARRAY[]::TIMESTAMPTZ(3)[],
    "owes_secret" BOOLEAN NOT NULL DEFAULT false,
    "owes_approval" BOOLEAN NOT NULL DEFAULT false,
    "secrets_issued" INTEGER NOT NULL DEFAULT 0,
    "self_renewals" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "cases_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "applications" (
    "case_id" UUID NOT NULL,
    "postal_code" TEXT NOT NULL,
    "phone" TEXT,
    "address_line" TEXT,
    "city" TEXT,
    "region" TEXT,
    "sex_at_birth" TEXT,
    "message" TEXT,

    CONSTRAINT "applications_pkey" PRIMARY KEY ("case_id")
);

-- CreateTable
CREATE TABLE "decisions" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "case_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "move" TEXT NOT NULL,
    "reason" TEXT,
    "note" TEXT,
    "message" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "decisions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "information_requests" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "case_id" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "questions" TEXT[],
    "answers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "information_requests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "secrets" (
    "id" UUID NOT NULL,
    "portal" TEXT NOT NULL,
    "case_id" UUID,
    "account_id" UUID,
    "activation_id" UUID,
    "purpose" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "lookup" BYTEA,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "identity_tries" INTEGER NOT NULL DEFAULT 0,
    "ended_at" TIMESTAMPTZ(3),
    "ended_as" TEXT,
    "sent_to" TEXT,

    CONSTRAINT "secrets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "activations" (
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
    "mailed_to" TEXT NOT NULL,
    "email" TEXT,
    "old_mailbox_at" TIMESTAMPTZ(3),
    "new_mailbox_at" TIMESTAMPTZ(3),
    "username" TEXT,
    "password_hash" TEXT,
    "notify_by_email" BOOLEAN,

    CONSTRAINT "activations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "accounts" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "portal" TEXT NOT NULL,
    "person_id" UUID,
    "username" TEXT NOT NULL,
    "username_skeleton" TEXT NOT NULL,
    "first_name" TEXT NOT NULL,
    "last_name" TEXT NOT NULL,
    "date_of_birth" DATE NOT NULL,
    "email" TEXT NOT NULL,
    "email_key" TEXT NOT NULL,
    "duplicate_key" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "password_set_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'active',
    "version" INTEGER NOT NULL DEFAULT 1,
    "notify_by_email" BOOLEAN NOT NULL,
    "language" TEXT NOT NULL,
    "terms_version" TEXT NOT NULL,
    "terms_accepted_at" TIMESTAMPTZ(3) NOT NULL,
    "login_failures" INTEGER NOT NULL DEFAULT 0,
    "login_waits_to" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "enrollments" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "account_id" UUID NOT NULL,
    "patient_record_id" UUID NOT NULL,
    "practice_id" UUID,
    "scope" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "end_reason" TEXT,

    CONSTRAINT "enrollments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "messages" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "portal" TEXT NOT NULL,
    "case_id" UUID,
    "account_id" UUID,
    "secret_id" UUID,
    "template" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL DEFAULT 1,
    "priority" INTEGER NOT NULL DEFAULT 5,
    "to_address" TEXT NOT NULL,
    "to_key" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',
    "resend_of" UUID,
    "personal" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "ambiguous" INTEGER NOT NULL DEFAULT 0,
    "claimed_until" TIMESTAMPTZ(3),
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "queued_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "last_problem" TEXT,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_tasks" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "portal" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "case_id" UUID,
    "account_id" UUID,
    "message_id" UUID,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "staff_tasks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "portal" TEXT,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "action" TEXT NOT NULL,
    "case_id" UUID,
    "case_version" INTEGER,
    "account_id" UUID,
    "entry" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "mac" BYTEA NOT NULL,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_seals" (
    "no" BIGINT NOT NULL,
    "audit_id" UUID NOT NULL,
    "key_id" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_seals_pkey" PRIMARY KEY ("no")
);

-- CreateTable
CREATE TABLE "audit_checkpoints" (
    "up_to_no" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,
    "erased_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_checkpoints_pkey" PRIMARY KEY ("up_to_no")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "case_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "leased_until" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "scope" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "body_hash" BYTEA NOT NULL,
    "status" INTEGER,
    "body" JSON,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("scope","key")
);

-- CreateTable
-- Not worth a wait for the disk: every call of one address meets in one row. A crash of the database begins the windows anew.
CREATE UNLOGGED TABLE "rate_limits" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "heartbeats" (
    "process" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "heartbeats_pkey" PRIMARY KEY ("process")
);

-- CreateIndex
CREATE INDEX "practices_portal_name_idx" ON "practices"("portal", "name");

-- CreateIndex
CREATE UNIQUE INDEX "practice_faxes_practice_id_number_key" ON "practice_faxes"("practice_id", "number");

-- CreateIndex
CREATE INDEX "patient_records_portal_date_of_birth_last_name_key_idx" ON "patient_records"("portal", "date_of_birth", "last_name_key");

-- CreateIndex
CREATE INDEX "patient_records_portal_last_name_key_first_name_key_idx" ON "patient_records"("portal", "last_name_key", "first_name_key");

-- CreateIndex
CREATE INDEX "patient_records_person_id_idx" ON "patient_records"("person_id");

-- CreateIndex
CREATE INDEX "patient_records_practice_id_idx" ON "patient_records"("practice_id");

-- CreateIndex
CREATE INDEX "patient_records_merged_into_idx" ON "patient_records"("merged_into");

-- CreateIndex
CREATE UNIQUE INDEX "patient_records_portal_mrn_key" ON "patient_records"("portal", "mrn");

-- CreateIndex
CREATE UNIQUE INDEX "members_email_key_key" ON "members"("email_key");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_token_hash_key" ON "sessions"("token_hash");

-- CreateIndex
CREATE INDEX "sessions_member_id_idx" ON "sessions"("member_id");

-- CreateIndex
CREATE INDEX "sessions_account_id_idx" ON "sessions"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "cases_reference_key" ON "cases"("reference");

-- CreateIndex
CREATE INDEX "decisions_case_id_at_idx" ON "decisions"("case_id", "at");

-- CreateIndex
CREATE INDEX "decisions_member_id_at_idx" ON "decisions"("member_id", "at");

-- CreateIndex
CREATE INDEX "information_requests_case_id_asked_at_idx" ON "information_requests"("case_id", "asked_at");

-- CreateIndex
CREATE INDEX "secrets_case_id_purpose_issued_at_idx" ON "secrets"("case_id", "purpose", "issued_at");

-- CreateIndex
CREATE INDEX "secrets_account_id_purpose_idx" ON "secrets"("account_id", "purpose");

-- CreateIndex
CREATE INDEX "secrets_activation_id_idx" ON "secrets"("activation_id");

-- CreateIndex
CREATE UNIQUE INDEX "activations_token_hash_key" ON "activations"("token_hash");

-- CreateIndex
CREATE INDEX "activations_case_id_idx" ON "activations"("case_id");

-- CreateIndex
CREATE INDEX "activations_secret_id_idx" ON "activations"("secret_id");

-- CreateIndex
CREATE INDEX "accounts_portal_email_key_idx" ON "accounts"("portal", "email_key");

-- CreateIndex
CREATE INDEX "accounts_portal_duplicate_key_idx" ON "accounts"("portal", "duplicate_key");

-- CreateIndex
CREATE UNIQUE INDEX "accounts_portal_username_skeleton_key" ON "accounts"("portal", "username_skeleton");

-- CreateIndex
CREATE INDEX "enrollments_account_id_idx" ON "enrollments"("account_id");

-- CreateIndex
CREATE INDEX "enrollments_patient_record_id_idx" ON "enrollments"("patient_record_id");

-- CreateIndex
CREATE INDEX "messages_account_id_queued_at_idx" ON "messages"("account_id", "queued_at");

-- CreateIndex
CREATE INDEX "messages_secret_id_idx" ON "messages"("secret_id");

-- CreateIndex
CREATE INDEX "messages_to_key_queued_at_idx" ON "messages"("to_key", "queued_at");

-- CreateIndex
CREATE INDEX "messages_portal_queued_at_id_idx" ON "messages"("portal", "queued_at" DESC, "id");

-- CreateIndex
CREATE INDEX "staff_tasks_case_id_idx" ON "staff_tasks"("case_id");

-- CreateIndex
CREATE INDEX "staff_tasks_account_id_idx" ON "staff_tasks"("account_id");

-- CreateIndex
CREATE INDEX "staff_tasks_message_id_idx" ON "staff_tasks"("message_id");

-- CreateIndex
CREATE INDEX "audit_entries_case_id_at_idx" ON "audit_entries"("case_id", "at");

-- CreateIndex
CREATE INDEX "audit_entries_account_id_at_idx" ON "audit_entries"("account_id", "at");

-- CreateIndex
CREATE INDEX "audit_entries_actor_id_at_idx" ON "audit_entries"("actor_id", "at");

-- CreateIndex
CREATE INDEX "audit_entries_at_id_idx" ON "audit_entries"("at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_seals_audit_id_key" ON "audit_seals"("audit_id");

-- CreateIndex
CREATE INDEX "outbox_case_id_idx" ON "outbox"("case_id");

-- CreateIndex
CREATE INDEX "outbox_next_at_idx" ON "outbox"("next_at");

-- CreateIndex
CREATE INDEX "idempotency_keys_created_at_idx" ON "idempotency_keys"("created_at");

-- CreateIndex
CREATE INDEX "rate_limits_ends_at_idx" ON "rate_limits"("ends_at");

-- AddForeignKey
ALTER TABLE "policies" ADD CONSTRAINT "policies_portal_fkey" FOREIGN KEY ("portal") REFERENCES "portals"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policies" ADD CONSTRAINT "policies_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "members"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "practices" ADD CONSTRAINT "practices_portal_fkey" FOREIGN KEY ("portal") REFERENCES "portals"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "practice_faxes" ADD CONSTRAINT "practice_faxes_practice_id_fkey" FOREIGN KEY ("practice_id") REFERENCES "practices"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "practice_faxes" ADD CONSTRAINT "practice_faxes_confirmed_by_fkey" FOREIGN KEY ("confirmed_by") REFERENCES "members"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "patient_records" ADD CONSTRAINT "patient_records_portal_fkey" FOREIGN KEY ("portal") REFERENCES "portals"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "patient_records" ADD CONSTRAINT "patient_records_practice_id_fkey" FOREIGN KEY ("practice_id") REFERENCES "practices"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "patient_records" ADD CONSTRAINT "patient_records_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "patient_records" ADD CONSTRAINT "patient_records_merged_into_fkey" FOREIGN KEY ("merged_into") REFERENCES "patient_records"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "members"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cases" ADD CONSTRAINT "cases_portal_fkey" FOREIGN KEY ("portal") REFERENCES "portals"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cases" ADD CONSTRAINT "cases_portal_policy_version_fkey" FOREIGN KEY ("portal", "policy_version") REFERENCES "policies"("portal", "version") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cases" ADD CONSTRAINT "cases_assignee_fkey" FOREIGN KEY ("assignee") REFERENCES "members"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cases" ADD CONSTRAINT "cases_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "members"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cases" ADD CONSTRAINT "cases_patient_record_id_fkey" FOREIGN KEY ("patient_record_id") REFERENCES "patient_records"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cases" ADD CONSTRAINT "cases_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "applications" ADD CONSTRAINT "applications_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "members"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "information_requests" ADD CONSTRAINT "information_requests_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "secrets" ADD CONSTRAINT "secrets_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "secrets" ADD CONSTRAINT "secrets_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "secrets" ADD CONSTRAINT "secrets_activation_id_fkey" FOREIGN KEY ("activation_id") REFERENCES "activations"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activations" ADD CONSTRAINT "activations_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_portal_fkey" FOREIGN KEY ("portal") REFERENCES "portals"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enrollments" ADD CONSTRAINT "enrollments_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enrollments" ADD CONSTRAINT "enrollments_patient_record_id_fkey" FOREIGN KEY ("patient_record_id") REFERENCES "patient_records"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enrollments" ADD CONSTRAINT "enrollments_practice_id_fkey" FOREIGN KEY ("practice_id") REFERENCES "practices"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_secret_id_fkey" FOREIGN KEY ("secret_id") REFERENCES "secrets"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_tasks" ADD CONSTRAINT "staff_tasks_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_tasks" ADD CONSTRAINT "staff_tasks_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_tasks" ADD CONSTRAINT "staff_tasks_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "messages"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_seals" ADD CONSTRAINT "audit_seals_audit_id_fkey" FOREIGN KEY ("audit_id") REFERENCES "audit_entries"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Enumerations.
ALTER TABLE "practices" ADD CONSTRAINT "practices_opens_record" CHECK ("opens_record" IN ('some', 'all'));
ALTER TABLE "members" ADD CONSTRAINT "members_roles" CHECK ("roles" <@ ARRAY['clerk', 'reviewer', 'supervisor', 'operator', 'auditor']);
ALTER TABLE "cases" ADD CONSTRAINT "cases_kind" CHECK ("kind" IN ('application'));
ALTER TABLE "cases" ADD CONSTRAINT "cases_state" CHECK ("kind" <> 'application' OR "state" IN
  ('submitted', 'in_review', 'waiting_on_applicant', 'approved', 'code_sent', 'expired', 'activated', 'rejected', 'withdrawn', 'closed'));
ALTER TABLE "cases" ADD CONSTRAINT "cases_waiting_on" CHECK ("waiting_on" IN ('staff', 'applicant', 'patient', 'engine'));
ALTER TABLE "cases" ADD CONSTRAINT "cases_source" CHECK ("source" IN ('online', 'office'));
ALTER TABLE "cases" ADD CONSTRAINT "cases_flags" CHECK ("flags" <@ ARRAY
  ['possible_duplicate', 'mail_refused', 'mail_unknown', 'code_burned', 'not_me', 'record_changed']);
ALTER TABLE "secrets" ADD CONSTRAINT "secrets_purpose" CHECK ("purpose" IN ('access_code', 'registration_link', 'enrollment_code',
  'invitation_token', 'setup_link', 'consent_link', 'pass_code', 'mailbox_code', 'second_factor_code', 'backup_code'));
ALTER TABLE "secrets" ADD CONSTRAINT "secrets_ended" CHECK (("ended_at" IS NULL) = ("ended_as" IS NULL)
  AND "ended_as" IN ('used', 'expired', 'revoked', 'superseded', 'burned'));
ALTER TABLE "activations" ADD CONSTRAINT "activations_step" CHECK ("step" IN ('identity', 'email', 'credentials', 'notifications', 'terms'));
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_state" CHECK ("state" IN ('active', 'locked', 'suspended', 'closed'));
ALTER TABLE "messages" ADD CONSTRAINT "messages_state" CHECK ("state" IN ('queued', 'accepted', 'refused', 'unknown', 'bounced'));
ALTER TABLE "messages" ADD CONSTRAINT "messages_settled" CHECK (("state" = 'queued') = ("settled_at" IS NULL));
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_of_one" CHECK (num_nonnulls("member_id", "account_id") = 1);
ALTER TABLE "staff_tasks" ADD CONSTRAINT "staff_tasks_subject" CHECK (num_nonnulls("case_id", "account_id", "message_id") >= 1);

-- At most one live secret per purpose and case (or per account, for its own); a selector is found within portal and purpose alone.
CREATE UNIQUE INDEX "secrets_one_live_per_case" ON "secrets" ("case_id", "purpose") WHERE "ended_at" IS NULL AND "case_id" IS NOT NULL;
CREATE UNIQUE INDEX "secrets_one_live_per_account" ON "secrets" ("account_id", "purpose")
  WHERE "ended_at" IS NULL AND "case_id" IS NULL AND "account_id" IS NOT NULL;
CREATE UNIQUE INDEX "secrets_lookup" ON "secrets" ("portal", "purpose", "lookup") WHERE "lookup" IS NOT NULL;
CREATE INDEX "secrets_key_in_use" ON "secrets" ("key_id") WHERE "ended_at" IS NULL;

-- At most one running activation per code, one account per person and portal (a closed one does not count).
CREATE UNIQUE INDEX "activations_one_running" ON "activations" ("secret_id") WHERE "ended_at" IS NULL;
CREATE INDEX "activations_to_clear" ON "activations" ("ends_at") WHERE "password_hash" IS NOT NULL;
CREATE UNIQUE INDEX "accounts_one_per_person" ON "accounts" ("portal", "person_id") WHERE "person_id" IS NOT NULL AND "state" <> 'closed';
CREATE UNIQUE INDEX "enrollments_one_live" ON "enrollments" ("account_id", "patient_record_id") WHERE "ended_at" IS NULL;

-- The ledger: one row per case, purpose and sequence; what is to be sent, by urgency; what staff must see.
CREATE UNIQUE INDEX "messages_once" ON "messages" ("case_id", "template", "sequence") WHERE "case_id" IS NOT NULL;
CREATE INDEX "messages_queued" ON "messages" ("priority", "next_attempt_at") WHERE "state" = 'queued';
CREATE INDEX "messages_of_case" ON "messages" ("case_id", "queued_at");
CREATE INDEX "messages_in_trouble" ON "messages" ("state", "queued_at") WHERE "state" IN ('refused', 'unknown', 'bounced');

-- One open task per reason and subject.
CREATE UNIQUE INDEX "staff_tasks_open" ON "staff_tasks" ("reason", COALESCE("case_id", "account_id", "message_id")) WHERE "settled_at" IS NULL;
CREATE INDEX "staff_tasks_open_since" ON "staff_tasks" ("since") WHERE "settled_at" IS NULL;

-- Moves are unique on case and version: a gap is a deletion.
CREATE UNIQUE INDEX "audit_entries_moves" ON "audit_entries" ("case_id", "case_version") WHERE "case_version" IS NOT NULL;

-- The queue's filters and sorts. Open cases first: closed ones outnumber them by far.
CREATE INDEX "cases_open_by_due" ON "cases" ("due_at", "id") WHERE "waiting_on" IS NOT NULL;
CREATE INDEX "cases_open_by_expiry" ON "cases" ("expires_at", "id") WHERE "waiting_on" IS NOT NULL;
CREATE INDEX "cases_open_by_turn" ON "cases" ("waiting_on", "due_at", "id") WHERE "waiting_on" IS NOT NULL;
CREATE INDEX "cases_open_unchanged" ON "cases" ("updated_at", "id") WHERE "waiting_on" IS NOT NULL;
CREATE INDEX "cases_by_assignee" ON "cases" ("assignee", "due_at") WHERE "assignee" IS NOT NULL;
CREATE INDEX "cases_by_state" ON "cases" ("state", "received_at" DESC, "id");
CREATE INDEX "cases_by_portal" ON "cases" ("portal", "received_at" DESC, "id");
CREATE INDEX "cases_by_receipt" ON "cases" ("received_at" DESC, "id");
CREATE INDEX "cases_by_update" ON "cases" ("updated_at" DESC, "id");
CREATE INDEX "cases_by_due" ON "cases" ("due_at", "id");
CREATE INDEX "cases_by_expiry" ON "cases" (COALESCE("expires_at", "closes_at"), "id");
CREATE INDEX "cases_duplicates" ON "cases" ("portal", "duplicate_key");
CREATE INDEX "cases_of_record" ON "cases" ("patient_record_id") WHERE "patient_record_id" IS NOT NULL;
CREATE INDEX "cases_of_account" ON "cases" ("account_id") WHERE "account_id" IS NOT NULL;
CREATE INDEX "cases_created_by" ON "cases" ("created_by") WHERE "created_by" IS NOT NULL;
CREATE INDEX "cases_flagged" ON "cases" USING gin ("flags") WHERE "flags" <> '{}';
CREATE INDEX "cases_search" ON "cases" USING gin ("search_text" gin_trgm_ops);
-- Accounts and patient records are searched by parts of names, user names, MRNs and addresses.
CREATE INDEX "accounts_by_creation" ON "accounts" ("created_at" DESC, "id");
CREATE INDEX "accounts_search" ON "accounts" USING gin ("username_skeleton" gin_trgm_ops, "username" gin_trgm_ops,
  "first_name" gin_trgm_ops, "last_name" gin_trgm_ops, "email_key" gin_trgm_ops);
CREATE INDEX "patient_records_search" ON "patient_records" USING gin (upper("mrn") gin_trgm_ops,
  "last_name_key" gin_trgm_ops, "first_name_key" gin_trgm_ops, lower("email") gin_trgm_ops);
CREATE INDEX "cases_decided" ON "cases" ("decided_at") WHERE "decided_at" IS NOT NULL;
CREATE INDEX "accounts_of_person" ON "accounts" ("person_id") WHERE "person_id" IS NOT NULL;
CREATE INDEX "enrollments_of_practice" ON "enrollments" ("practice_id") WHERE "practice_id" IS NOT NULL;
CREATE INDEX "messages_resends" ON "messages" ("resend_of") WHERE "resend_of" IS NOT NULL;
CREATE INDEX "persons_of_portal" ON "persons" ("portal");
CREATE INDEX "policies_author" ON "policies" ("created_by") WHERE "created_by" IS NOT NULL;
CREATE INDEX "practice_faxes_confirmed_by" ON "practice_faxes" ("confirmed_by") WHERE "confirmed_by" IS NOT NULL;
ALTER TABLE "persons" ADD CONSTRAINT "persons_portal_fkey" FOREIGN KEY ("portal") REFERENCES "portals"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The evidence is written once. Only the owner role may erase, a whole prefix, and says so by the setting.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('gatehouse.erasing', true) = 'on'
     AND pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% of % is refused: the audit is written once', TG_OP, TG_TABLE_NAME;
END
$$;
CREATE TRIGGER "audit_entries_written_once" BEFORE UPDATE OR DELETE ON "audit_entries" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "audit_entries_kept" BEFORE TRUNCATE ON "audit_entries" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "audit_seals_written_once" BEFORE UPDATE OR DELETE ON "audit_seals" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "audit_seals_kept" BEFORE TRUNCATE ON "audit_seals" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
