-- AlterTable
ALTER TABLE "decisions" ADD COLUMN     "account_id" UUID,
ALTER COLUMN "case_id" DROP NOT NULL;

-- CreateIndex
CREATE INDEX "decisions_account_id_at_idx" ON "decisions"("account_id", "at");

-- AddForeignKey
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "decisions" ADD CONSTRAINT "decisions_of_one" CHECK (num_nonnulls("case_id", "account_id") = 1);
