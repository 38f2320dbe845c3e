-- AlterTable
ALTER TABLE "Attempt" ADD COLUMN     "readyAt" TIMESTAMPTZ(3);
