-- AlterTable
ALTER TABLE "Verdict" ADD COLUMN "work" JSON;
