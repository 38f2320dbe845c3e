/**
 * What Prisma's own command line reads: where the schema and the migrations are. `ringside up` applies migrations itself
 * (classroom/migrate.ts); `npx prisma migrate status` and `deploy` agree with it where Prisma's schema engine is installed.
 */
import { defineConfig } from 'prisma/config'

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL },
})
