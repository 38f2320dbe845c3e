-- AlterTable
ALTER TABLE "Invitation" ADD COLUMN     "byId" UUID;
