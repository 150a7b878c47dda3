-- What a person who registers was identified by: another record, or the same with another identity, asks them again.
ALTER TABLE "registration_walks" ADD COLUMN "identified_as" BYTEA;

-- Who sent a campaign is not always who made it.
ALTER TABLE "campaigns" ADD COLUMN "sent_by" UUID;
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_sent_by_fkey" FOREIGN KEY ("sent_by") REFERENCES "members"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "campaigns_sent_by_idx" ON "campaigns" ("sent_by");
