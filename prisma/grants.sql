-- What the app's role may do: work, and nothing else. Run after every migration; :app_role is the role's quoted name.
GRANT USAGE ON SCHEMA public TO :app_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO :app_role;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO :app_role;
REVOKE ALL ON "_prisma_migrations" FROM :app_role;
GRANT SELECT ON "_prisma_migrations" TO :app_role;
REVOKE INSERT, UPDATE, DELETE ON "clock_shift", "audit_checkpoints" FROM :app_role;
REVOKE UPDATE, DELETE, TRUNCATE ON "audit_entries", "audit_seals", "policies" FROM :app_role;
