-- CreateTable
CREATE TABLE "SeatReservation" (
    "id" UUID NOT NULL,
    "cohortId" UUID NOT NULL,
    "madeAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SeatReservation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DeviceCheck" (
    "personId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "results" JSON NOT NULL,

    CONSTRAINT "DeviceCheck_pkey" PRIMARY KEY ("personId")
);

-- CreateIndex
CREATE INDEX "SeatReservation_cohortId_idx" ON "SeatReservation"("cohortId");

-- AddForeignKey
ALTER TABLE "SeatReservation" ADD CONSTRAINT "SeatReservation_cohortId_fkey" FOREIGN KEY ("cohortId") REFERENCES "Cohort"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DeviceCheck" ADD CONSTRAINT "DeviceCheck_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
