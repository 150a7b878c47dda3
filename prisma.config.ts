import { defineConfig } from 'prisma/config';

// For Prisma's own commands (`prisma migrate deploy`, `prisma studio`); `npm start` and `npm run migrate` do not need it.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_OWNER_URL ?? '' },
});
