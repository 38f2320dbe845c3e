-- CreateEnum
CREATE TYPE "RoomMessageKind" AS ENUM ('message', 'command');

-- CreateTable
CREATE TABLE "WorkshopRoom" (
    "id" UUID NOT NULL,
    "cohortId" UUID NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closedAt" TIMESTAMPTZ(3),
    "leadItem" VARCHAR(80),
    "leadAt" TIMESTAMPTZ(3),
    "timerText" TEXT,
    "timerEndsAt" TIMESTAMPTZ(3),

    CONSTRAINT "WorkshopRoom_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RaisedHand" (
    "roomId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "raisedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RaisedHand_pkey" PRIMARY KEY ("roomId","personId")
);

-- CreateTable
CREATE TABLE "RoomMessage" (
    "id" UUID NOT NULL,
    "roomId" UUID NOT NULL,
    "kind" "RoomMessageKind" NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RoomMessage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RoomReveal" (
    "roomId" UUID NOT NULL,
    "lab" VARCHAR(64) NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RoomReveal_pkey" PRIMARY KEY ("roomId","lab","number")
);

-- CreateIndex
CREATE INDEX "WorkshopRoom_cohortId_openedAt_idx" ON "WorkshopRoom"("cohortId", "openedAt");

-- CreateIndex
CREATE INDEX "RaisedHand_personId_idx" ON "RaisedHand"("personId");

-- CreateIndex
CREATE INDEX "RoomMessage_roomId_id_idx" ON "RoomMessage"("roomId", "id");

-- AddForeignKey
ALTER TABLE "WorkshopRoom" ADD CONSTRAINT "WorkshopRoom_cohortId_fkey" FOREIGN KEY ("cohortId") REFERENCES "Cohort"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RaisedHand" ADD CONSTRAINT "RaisedHand_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "WorkshopRoom"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RaisedHand" ADD CONSTRAINT "RaisedHand_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoomMessage" ADD CONSTRAINT "RoomMessage_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "WorkshopRoom"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoomReveal" ADD CONSTRAINT "RoomReveal_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "WorkshopRoom"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot say.

CREATE UNIQUE INDEX "WorkshopRoom_one_open" ON "WorkshopRoom"("cohortId") WHERE "closedAt" IS NULL;

ALTER TABLE "WorkshopRoom"
    ADD CONSTRAINT "WorkshopRoom_lead_has_its_time" CHECK (("leadItem" IS NULL) = ("leadAt" IS NULL)),
    ADD CONSTRAINT "WorkshopRoom_timer_has_its_end" CHECK (("timerText" IS NULL) = ("timerEndsAt" IS NULL));

ALTER TABLE "RoomReveal" ADD CONSTRAINT "RoomReveal_number_counts" CHECK ("number" >= 0);
