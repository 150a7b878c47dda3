-- AlterTable
ALTER TABLE "policies" ADD COLUMN     "note" TEXT;
